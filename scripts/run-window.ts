// Runs Electron with our application and tells apart "ran and ended" from "could not start". It decides nothing else.
import { spawn } from 'node:child_process';
import { notStarted } from './choose-host.ts';

export interface WindowRun {
  /** Electron's program. */
  program: string;
  /** The folder of the application, whose package.json names the entry. */
  folder: string;
  arguments: readonly string[];
  /** An end with a fault within this time counts as "could not start". */
  startLimitMs: number;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Passes signals on until Electron has ended. Resolves to its exit code, or to the sentence why it could not start.
 */
export function runWindow({
  program,
  folder,
  arguments: given,
  startLimitMs,
}: WindowRun): Promise<number | string> {
  const env = { ...process.env };
  // Editors set it in their terminals; Electron would then be a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  const startedAt = Date.now();
  return new Promise((resolve) => {
    let output = '';
    let signalled = false;
    const child = spawn(program, [folder, ...given], { stdio: ['inherit', 'inherit', 'pipe'], env });
    // What Chromium writes here concerns the developers of Chromium; its end is kept for the reason.
    child.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-4000);
    });
    const pass = (signal: NodeJS.Signals) => {
      signalled = true;
      // Ctrl+C in a terminal reaches the child by itself; twice would be a different wish.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const finish = (code: number) => {
      for (const signal of signals) process.off(signal, pass);
      const atOnce = code !== 0 && !signalled && Date.now() - startedAt < startLimitMs;
      resolve(atOnce ? notStarted(output) : code);
    };
    child.on('error', (error) => {
      output += error.message;
      finish(1);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}
