// A tunnel program that the user has installed: where it stands, which version it is, and one run of it as a tunnel. Knows no single
// provider; cloudflared.ts and ngrok.ts say what to run and how to read it.
import { accessSync, constants, statSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import type { TunnelProvider as ProviderName, TunnelProgram, TunnelSettings } from '#contract';
import type { LeftoverPrograms } from './leftover-program.ts';
import { startProgram } from './running-program.ts';
import { type OpenTunnel, readPublicUrl, TunnelFailure } from './tunnel-provider.ts';

/** What must be known of a program before it is run. */
export interface ProgramFacts {
  readonly provider: ProviderName;
  readonly name: string;
  /** Where the settings say that it stands; empty: on the PATH. */
  readonly chosen: (settings: TunnelSettings) => string;
  readonly versionArguments: readonly string[];
  /** Whether the answer is that of this program; the group is the version. */
  readonly version: RegExp;
}

/** What a line of output says. A `failure` is why it will not come up; `retry` false where only the user can help. */
export interface LineNews {
  readonly url?: string;
  readonly isConnected?: boolean;
  readonly failure?: { readonly reason: string; readonly retry: boolean };
}

export interface ProgramRun {
  readonly facts: ProgramFacts;
  readonly settings: TunnelSettings;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly readLine: (line: string) => LineNews | undefined;
  readonly signal: AbortSignal;
  /** The address, where the program does not tell it. */
  readonly url?: string;
  readonly settleMs?: number;
  readonly leftovers: LeftoverPrograms | undefined;
}

const versionLimitMs = 5_000;
/** Where package managers put programs, for a desktop that was not started from a terminal and has a short PATH. */
const usualFolders = ['/opt/homebrew/bin', '/usr/local/bin'];

/** The full path, or undefined where no such program can be run. Throws a `TunnelFailure` where the chosen path is no good. */
export function findProgram(facts: ProgramFacts, settings: TunnelSettings): string | undefined {
  const fileName = process.platform === 'win32' ? `${facts.name}.exe` : facts.name;
  const chosen = facts.chosen(settings).trim();
  if (chosen === '') {
    const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...usualFolders];
    return folders
      .filter(isAbsolute)
      .map((folder) => join(folder, fileName))
      .find(isRunnable);
  }
  if (!isAbsolute(chosen) || !basename(chosen).toLowerCase().startsWith(facts.name)) {
    throw new TunnelFailure(`The place of ${facts.name} in the settings must be its full path.`, {
      retry: false,
    });
  }
  if (!isRunnable(chosen)) {
    throw new TunnelFailure(`There is no program that can be run at ${chosen}.`, { retry: false });
  }
  return chosen;
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Never rejects: what is wrong becomes `problem`. */
export async function lookAtProgram(facts: ProgramFacts, settings: TunnelSettings): Promise<TunnelProgram> {
  const { provider, name } = facts;
  let path: string | undefined;
  try {
    path = findProgram(facts, settings);
  } catch (error) {
    return { provider, problem: error instanceof Error ? error.message : String(error) };
  }
  if (path === undefined) return { provider, problem: notInstalled(name) };
  const program = startProgram({ path, arguments: facts.versionArguments });
  const limit = setTimeout(() => void program.stop(), versionLimitMs).unref();
  const { how } = await program.ended;
  clearTimeout(limit);
  const version = facts.version.exec(program.tail().join('\n'))?.[1];
  return version === undefined
    ? { provider, path, problem: `${path} does not say that it is ${name}: it ${how}.` }
    : { provider, path, version };
}

const notInstalled = (name: string): string =>
  `${name} is not installed on this computer, or not on the PATH. Install it, or choose where it stands in the tunnel settings.`;

/** Runs the program until its tunnel is closed. Rejects with a `TunnelFailure`, or with the reason of the signal, and leaves no process. */
export async function openProgramTunnel(run: ProgramRun): Promise<OpenTunnel> {
  const { facts, signal, leftovers } = run;
  const path = findProgram(facts, run.settings);
  if (path === undefined) throw new TunnelFailure(notInstalled(facts.name), { retry: false });
  signal.throwIfAborted();

  const opened = Promise.withResolvers<string>();
  // It is awaited below, once the program is noted; an end before that must not count as unhandled.
  opened.promise.catch(() => undefined);
  let url = run.url;
  let isConnected = false;
  let failure: LineNews['failure'];
  let isOpen = false;
  let isClosed = false;
  let lost: string | undefined;
  let tellLost: ((reason: string) => void) | undefined;

  function lose(reason: string): void {
    if (!isOpen || isClosed || lost !== undefined) return;
    lost = reason;
    tellLost?.(reason);
  }

  const program = startProgram({
    path,
    arguments: run.arguments,
    ...(run.environment && { environment: run.environment }),
    onLine(line) {
      const news = run.readLine(line);
      if (news?.failure) failure ??= news.failure;
      if (news?.isConnected) isConnected = true;
      if (news?.url !== undefined) {
        const told = readPublicUrl(news.url);
        if (told !== undefined && isOpen && told !== url) {
          lose(`${facts.name} has another address now.`);
        }
        if (!isOpen) url ??= told;
      }
      if (url !== undefined && isConnected) {
        isOpen = true;
        opened.resolve(url);
      }
    },
  });
  void program.ended.then(({ how }) => {
    if (program.pid !== undefined) leftovers?.forget(program.pid);
    const said = lastWords(program.tail());
    const reason = failure?.reason ?? `${facts.name} ${how}.${said ? ` It said: ${said}` : ''}`;
    opened.reject(new TunnelFailure(reason, { retry: failure?.retry ?? true }));
    lose(reason);
  });
  const onAbort = () => opened.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (program.pid !== undefined && leftovers) await leftovers.note(program.pid, facts.name);
    const address = await opened.promise;
    return {
      url: address,
      settleMs: run.settleMs,
      onLost(listener) {
        tellLost = listener;
        if (lost !== undefined) listener(lost);
      },
      async close() {
        isClosed = true;
        await program.stop();
      },
    };
  } catch (error) {
    await program.stop();
    // The end of the opening is told with what the program said meanwhile.
    if (signal.aborted && failure) throw new TunnelFailure(failure.reason, { retry: failure.retry });
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The last line that reads like an error, else the last one; at most 300 characters. */
function lastWords(lines: readonly string[]): string {
  const line =
    lines.findLast((each) => /\b(ERR|ERROR|error|failed|fatal)\b/.test(each)) ?? lines.at(-1) ?? '';
  return line.replace(/^\d{4}-\d\d-\d\dT\S+\s+/, '').slice(0, 300);
}
