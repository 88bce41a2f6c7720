// The running Hookbench that a command talks to: over its socket in the data folder, or a serve host with a token.
import { request } from 'node:http';
import { type CallInput, type CallName, type CallOutput, type Problem, ProblemError } from '#contract';
import { localSocketPath } from '../link/local-socket.ts';

export interface RemoteEngine {
  /** Throws `ProblemError` for what the engine answers, `NotRunning` where nothing answers. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
}

export class NotRunning extends Error {}

export type Where = { dataDir: string } | { url: string; token: string | undefined };

export function createRemoteEngine(where: Where): RemoteEngine {
  return {
    call<N extends CallName>(name: N, input: CallInput<N>) {
      return new Promise<CallOutput<N>>((resolve, reject) => {
        const target =
          'dataDir' in where
            ? { socketPath: localSocketPath(where.dataDir), path: `/api/${name}` }
            : { ...addressOf(where.url), path: `/api/${name}` };
        const headers: Record<string, string> = { 'content-type': 'application/json' };
        if ('url' in where && where.token !== undefined) headers['authorization'] = `Bearer ${where.token}`;
        const call = request({ ...target, method: 'POST', headers }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', reject);
          response.on('end', () => {
            try {
              const answer = JSON.parse(text) as unknown;
              if (response.statusCode === 200) resolve(answer as CallOutput<N>);
              else reject(toError(answer as Problem));
            } catch {
              reject(new NotRunning(`What answers there is not Hookbench (status ${response.statusCode}).`));
            }
          });
        });
        call.once('error', (error: NodeJS.ErrnoException) => {
          const place = 'dataDir' in where ? `the data folder ${where.dataDir}` : where.url;
          reject(
            new NotRunning(
              `No Hookbench answers for ${place} (${error.code ?? error.message}). Start it, or name another with --data-dir or --url and --token.`,
            ),
          );
        });
        call.end(JSON.stringify(input));
      });
    },
  };
}

function addressOf(url: string): { host: string; port: string } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port || '80' };
}

function toError({ code, message, ...more }: Problem): ProblemError {
  return new ProblemError(code, message, more);
}
