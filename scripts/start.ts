// `npm start`: the window where Electron can run, otherwise the same application in the browser, with one plain sentence
// why. Builds what is not fresh. It holds no product, and never shows a stack.
import { type ChildProcess, spawn } from 'node:child_process';
import { buildPart, desktop, isFresh, type Part, root, screens } from './build-parts.ts';
import { notDownloaded, notStarted, whyBrowser } from './choose-host.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';

const fetchLimitMs = 60_000;
/** An end with a fault within this time counts as "could not start". */
const startLimitMs = 15_000;
const speakAfterMs = 2000;

const given = process.argv.slice(2);

async function start(): Promise<void> {
  if (given.includes('--help') || given.includes('-h')) return serve();
  await prepare(screens);
  const sentence = await startWindow();
  if (typeof sentence === 'number') {
    process.exitCode = sentence;
    return;
  }
  // On the error stream: the ready line of `serve` stays alone on the other one.
  console.error(sentence);
  await serve();
}

/** The exit code of the window's program, or the sentence why there is none. */
async function startWindow(): Promise<number | string> {
  const facts = {
    platform: process.platform,
    env: process.env,
    userId: process.getuid?.(),
    arguments: given,
  };
  const why = whyBrowser(facts);
  if (why) return why;
  if (!findElectron()) {
    const reason = await speakWhenLong(
      "Fetching Electron's program, once.",
      fetchElectron({ timeoutMs: fetchLimitMs }),
    );
    if (reason) return notDownloaded(reason);
  }
  const program = findElectron();
  if (!program) return notDownloaded('it is incomplete');
  await prepare(desktop);
  return runElectron(program);
}

async function runElectron(program: string): Promise<number | string> {
  const env = { ...process.env };
  // Editors set it in their terminals; Electron would then be a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  const startedAt = Date.now();
  const child = spawn(program, [root, ...given], { stdio: ['inherit', 'inherit', 'pipe'], env });
  let output = '';
  // What Chromium writes here concerns developers of Chromium.
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4000);
  });
  const { code, signalled } = await ended(child);
  const atOnce = code !== 0 && !signalled && Date.now() - startedAt < startLimitMs;
  return atOnce ? notStarted(output) : code;
}

/** In this very process, so that it ends with it, by whatever signal. It reads the same arguments. */
async function serve(): Promise<void> {
  await import('../main/serve.ts');
}

/** Passes signals on until the child has ended; its exit code, 128 and the signal's number where a signal ended it. */
function ended(child: ChildProcess): Promise<{ code: number; signalled: boolean }> {
  return new Promise((resolve, reject) => {
    let signalled = false;
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const pass = (signal: NodeJS.Signals) => {
      signalled = true;
      // Ctrl+C in a terminal reaches the child by itself; twice would be a different wish.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, pass);
    const free = () => {
      for (const signal of signals) process.off(signal, pass);
    };
    child.on('error', (error) => {
      free();
      reject(error);
    });
    child.on('close', (code, signal) => {
      free();
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 143), signalled });
    });
  });
}

async function prepare(part: Part): Promise<void> {
  if (!isFresh(part)) await speakWhenLong('Preparing Hookbench for its first start.', buildPart(part));
}

/** Says the sentence once where the work takes more than two seconds. */
async function speakWhenLong<T>(sentence: string, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => console.error(sentence), speakAfterMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

start().catch((error: unknown) => {
  console.error(`Hookbench could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
