// The running Hookbench that a command talks to: over its socket in the data folder, or a serve host with a token.
import { request } from 'node:http';
import { type CallInput, type CallName, type CallOutput, calls, ProblemError, problem } from '#contract';
import { localSocketPath } from '../link/local-socket.ts';

export interface RemoteEngine {
  /** Throws `ProblemError` for what the engine answers, `NotRunning` where nothing answers. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
}

export class NotRunning extends Error {}

export type Where = { dataDir: string } | { url: string; token: string | undefined };

/** @param signal ends the calls that are under way, which reject with its reason */
export function createRemoteEngine(where: Where, signal?: AbortSignal): RemoteEngine {
  const place = 'dataDir' in where ? `the data folder ${where.dataDir}` : where.url;
  const target = 'dataDir' in where ? { socketPath: localSocketPath(where.dataDir) } : addressOf(where.url);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if ('url' in where && where.token !== undefined) headers['authorization'] = `Bearer ${where.token}`;

  function outputOf<N extends CallName>(name: N, status: number | undefined, text: string): CallOutput<N> {
    const answer = readJson(text);
    if (status === 200) {
      if (calls[name].output.safeParse(answer).success) return answer as CallOutput<N>;
    } else {
      const refusal = problem.safeParse(answer);
      if (refusal.success) throw toError(refusal.data, where);
    }
    throw new NotRunning(
      `What answers for ${place} is not this version of Hookbench (status ${status}).${
        'url' in where ? ' --url takes its control address, not the one where calls are received.' : ''
      }`,
    );
  }

  function faultOf(error: NodeJS.ErrnoException, isSent: boolean): unknown {
    if (signal?.aborted) return signal.reason;
    if (isSent && error.code === 'ECONNRESET') {
      return new NotRunning(`Hookbench ended before it answered (${place}).`);
    }
    return new NotRunning(
      `No Hookbench answers for ${place} (${error.code ?? error.message}). Start it, or name another with --data-dir or --url and --token.`,
    );
  }

  return {
    async call<N extends CallName>(name: N, input: CallInput<N>) {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<CallOutput<N>>();
      let isSent = false;
      const fail = (error: Error) => reject(faultOf(error, isSent));
      const call = request({ ...target, path: `/api/${name}`, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', fail);
        response.on('end', () => {
          try {
            resolve(outputOf(name, response.statusCode, text));
          } catch (error) {
            reject(error);
          }
        });
      });
      call.once('finish', () => {
        isSent = true;
      });
      call.on('error', fail);
      const end = () => call.destroy(new Error('ended'));
      signal?.addEventListener('abort', end, { once: true });
      call.once('close', () => signal?.removeEventListener('abort', end));
      call.end(JSON.stringify(input));
      return await promise;
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function addressOf(url: string): { host: string; port: string } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port || '80' };
}

function toError({ code, message, ...more }: ReturnType<typeof problem.parse>, where: Where): ProblemError {
  if (code !== 'access.denied' || !('url' in where)) return new ProblemError(code, message, more);
  const given = where.token === undefined ? 'needs a token' : 'refused the token';
  return new ProblemError(
    code,
    `The Hookbench at ${where.url} ${given}. Name the one that it was started with: --token, or HOOKBENCH_TOKEN.`,
  );
}
