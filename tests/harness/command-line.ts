// The command line for tests: in this process, which is quick, or as the program that people start, where the process itself matters.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Interrupted, runCommandLine, type Surroundings } from '../../main/command-line/run-command-line.ts';

export const entry = fileURLToPath(new URL('../../bin/hookbench.mjs', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  ended: Promise<Ended>;
  /** Resolves when the first line is printed. */
  begun: Promise<void>;
  /** As Ctrl+C does. */
  interrupt(): void;
}

/** One command in this process. `env` is all of its environment. */
export function begin(args: string[], env: Record<string, string> = {}, columns?: number): Running {
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  const ending = new AbortController();
  const begun = Promise.withResolvers<void>();
  const surroundings: Surroundings = {
    platform: process.platform,
    env,
    home: '/nowhere',
    output: {
      columns,
      async write(content) {
        ended.stdout += typeof content === 'string' ? content : Buffer.from(content).toString();
        begun.resolve();
      },
    },
    complain(text) {
      ended.stderr += text;
    },
    signal: ending.signal,
  };
  return {
    begun: begun.promise,
    ended: runCommandLine(args, surroundings).then((code) => ({ ...ended, code })),
    interrupt: () => ending.abort(new Interrupted(130)),
  };
}

/** One command as a process of its own, whose output is a pipe. */
export function start(args: string[], onFirstLine?: (child: ChildProcess) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      if (ended.stdout === '') onFirstLine?.(child);
      ended.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      ended.stderr += chunk.toString();
    });
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}
