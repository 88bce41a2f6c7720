// The ngrok provider: runs the agent that the user has installed, with the token and the account of its own configuration. Reads its log,
// which it writes to standard output as one JSON object a line; the address stands in the line "started tunnel".
// The codes are those of ngrok's documents (ngrok.com/docs/errors).
import { z } from 'zod';
import type { LeftoverPrograms } from './leftover-program.ts';
import { type LineNews, openProgramTunnel, type ProgramFacts } from './tunnel-program.ts';
import type { OpenTunnel, TunnelProvider } from './tunnel-provider.ts';

export const ngrokFacts: ProgramFacts = {
  provider: 'ngrok',
  name: 'ngrok',
  chosen: (settings) => settings.ngrokPath,
  versionArguments: ['version'],
  version: /^ngrok version (\S{1,40})/m,
};

const logLine = z.object({ msg: z.string().optional(), url: z.string().optional() });

const noToken =
  'ngrok has no valid token. Run “ngrok config add-authtoken” with the token of your ngrok account in a terminal, then start the tunnel again.';
const failures: Record<string, { reason: string; retry: boolean }> = {
  '105': { reason: noToken, retry: false },
  '106': { reason: noToken, retry: false },
  '107': { reason: noToken, retry: false },
  '4018': { reason: noToken, retry: false },
  '108': {
    reason:
      'The ngrok account runs as many agents as it may. Stop the other one, or it goes on as soon as that ends.',
    retry: true,
  },
  '120': { reason: 'This ngrok is too old. Update it with “ngrok update”.', retry: false },
  '121': { reason: 'This ngrok is too old. Update it with “ngrok update”.', retry: false },
  '334': { reason: 'The address of the ngrok account is in use by another agent.', retry: true },
};

export function createNgrokProvider(deps: { leftovers?: LeftoverPrograms | undefined } = {}): TunnelProvider {
  async function open({
    port,
    settings,
    signal,
  }: Parameters<TunnelProvider['open']>[0]): Promise<OpenTunnel> {
    return openProgramTunnel({
      facts: ngrokFacts,
      settings,
      signal,
      leftovers: deps.leftovers,
      arguments: ['http', `127.0.0.1:${port}`, '--log=stdout', '--log-format=json', '--log-level=info'],
      readLine: readNgrokLine,
    });
  }
  return { openLimitMs: 30_000, open };
}

/** What one line of its log says; undefined where that is nothing to us. */
export function readNgrokLine(line: string): LineNews | undefined {
  const code = /ERR_NGROK_(\d{1,5})\b/.exec(line)?.[1];
  if (code !== undefined) {
    return {
      failure: failures[code] ?? {
        reason: `ngrok refuses (ERR_NGROK_${code}); see https://ngrok.com/docs/errors/err_ngrok_${code}.`,
        retry: true,
      },
    };
  }
  if (!line.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Cut off, or no JSON at all: says nothing.
    return undefined;
  }
  const told = logLine.safeParse(value);
  if (!told.success || told.data.msg !== 'started tunnel' || told.data.url === undefined) return undefined;
  return /^https?:/.test(told.data.url) ? { url: told.data.url, isConnected: true } : undefined;
}
