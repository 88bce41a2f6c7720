// One program of somebody else's as our child: started without a shell, its output read in lines and capped, ended for certain.
// Threats: a program that floods (it is read at a limited rate and then has to wait, we do not), prints rubbish or endless lines (cut),
// ignores a polite end (killed), or takes from our environment what is none of its business (it gets a short list of variables).
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface ProgramCommand {
  /** Absolute. */
  readonly path: string;
  readonly arguments: readonly string[];
  /** Added to what it gets of ours; for what a list of processes must not show. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

export interface ProgramEnd {
  /** In words that continue "cloudflared …": `ended with code 1`, `could not be started (EACCES)`. */
  readonly how: string;
}

export interface RunningProgram {
  readonly pid: number | undefined;
  /** Settles, and never rejects, when it is gone. */
  readonly ended: Promise<ProgramEnd>;
  /** The last lines of its output, oldest first. */
  tail(): readonly string[];
  /** Asks it to end, kills it after a while; settles when it is gone. */
  stop(): Promise<void>;
}

const maxLineLength = 4_000;
const maxTailLines = 40;
const maxBytesPerSecond = 256 * 1024;
const politeMs = 2_000;

/** What a tunnel program may know of our environment: where it finds things, how it reaches the internet, its own token. */
const passedOn =
  /^(path|home|user|userprofile|appdata|localappdata|programdata|systemroot|temp|tmp|tmpdir|lang|lc_all|xdg_config_home|https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|ngrok_authtoken)$/i;

export function startProgram(command: ProgramCommand): RunningProgram {
  const lines: string[] = [];
  const ended = Promise.withResolvers<ProgramEnd>();
  let child: ChildProcess | undefined;
  let isOver = false;

  function finish(how: string): void {
    if (isOver) return;
    isOver = true;
    process.removeListener('exit', killWithUs);
    child?.stdout?.destroy();
    child?.stderr?.destroy();
    ended.resolve({ how });
  }
  function killWithUs(): void {
    child?.kill('SIGKILL');
  }
  function take(line: string): void {
    const shown = readable(line);
    if (shown === '') return;
    lines.push(shown);
    if (lines.length > maxTailLines) lines.shift();
    command.onLine?.(shown);
  }

  try {
    child = spawn(command.path, command.arguments, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      env: {
        ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name))),
        ...command.environment,
      },
    });
    // A crash that still runs exit handlers takes the program along; for the others there is the note of leftover-program.ts.
    process.once('exit', killWithUs);
    child.once('error', (error: NodeJS.ErrnoException) =>
      finish(`could not be started (${error.code ?? error.message})`),
    );
    // Not 'close': a grandchild may hold the pipes. What it said last is read first.
    child.once('exit', (code, signal) =>
      setImmediate(() => finish(signal ? `was ended by ${signal}` : `ended with code ${code}`)),
    );
    for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, take);
  } catch (error) {
    finish(
      `could not be started (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`,
    );
  }

  return {
    pid: child?.pid,
    ended: ended.promise,
    tail: () => lines,
    async stop() {
      if (!isOver) {
        child?.kill('SIGTERM');
        const kill = setTimeout(() => child?.kill('SIGKILL'), politeMs).unref();
        await ended.promise;
        clearTimeout(kill);
      }
    },
  };
}

function readLines(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  let budget = maxBytesPerSecond;
  let refill: NodeJS.Timeout | undefined;
  stream.setEncoding('latin1');
  stream.on('data', (text: string) => {
    budget -= text.length;
    refill ??= setTimeout(() => {
      refill = undefined;
      budget = maxBytesPerSecond;
      stream.resume();
    }, 1_000).unref();
    if (budget <= 0) stream.pause();
    const parts = (rest + text).split('\n');
    rest = (parts.pop() ?? '').slice(0, maxLineLength);
    for (const part of parts) take(part.slice(0, maxLineLength));
  });
  stream.once('end', () => take(rest));
  stream.once('close', () => clearTimeout(refill));
  // A broken pipe is told by the program's end.
  stream.on('error', () => undefined);
}

/** Without colours and other control characters, and never with a token in it. */
function readable(line: string): string {
  const text = Buffer.from(line, 'latin1')
    .toString('utf8')
    .replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g'), '')
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return /auth-?token:\s*\S/i.test(text) ? text.replace(/(auth-?token:).*/i, '$1 (hidden)') : text;
}
