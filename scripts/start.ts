// `npm start`: the window where Electron can run, otherwise the same application in the browser, with one plain sentence
// why. Builds what is not fresh. It holds no product, and never shows a stack.
import { buildPart, desktop, isFresh, type Part, root, screens } from './build-parts.ts';
import { notDownloaded, whyBrowser } from './choose-host.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { runWindow } from './run-window.ts';

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
  return runWindow({ program, folder: root, arguments: given, startLimitMs });
}

/** In this very process, so that it ends with it, by whatever signal. It reads the same arguments. */
async function serve(): Promise<void> {
  await import('../main/serve.ts');
}

async function prepare(part: Part): Promise<void> {
  if (!isFresh(part)) await speakWhenLong(`Preparing the ${part.name}.`, buildPart(part));
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

start().catch((error: NodeJS.ErrnoException) => {
  const missing = error.code === 'ERR_MODULE_NOT_FOUND' && /package '([^']+)'/.exec(error.message)?.[1];
  const reason = missing ? `the package ${missing} is not installed. Run "npm ci" first.` : error.message;
  console.error(`Hookbench could not start: ${reason}`);
  process.exitCode = 1;
});
