// The other end of outgoing calls: a real HTTP server that records what comes, byte for byte, and answers as the test says.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';

export interface Recorded {
  method: string;
  url: string;
  headers: [string, string][];
  body: string;
  bytes: Buffer;
}

export interface SecondServer {
  port: number;
  url: string;
  /** `127.0.0.1:port`, as it is allowed. */
  target: string;
  calls: Recorded[];
  /** How later calls are answered. */
  answer(how: (request: Recorded, response: ServerResponse) => void): void;
  stop(): Promise<void>;
}

const pairs = (raw: string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? '']);

export function headerOf(call: Recorded | undefined, name: string): string | undefined {
  return call?.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export async function startSecondServer(tls?: { cert: string; key: string }): Promise<SecondServer> {
  const calls: Recorded[] = [];
  let how: (request: Recorded, response: ServerResponse) => void = (_request, response) => response.end('ok');
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const { method = '', url = '', rawHeaders } = request;
      const recorded = { method, url, headers: pairs(rawHeaders), body: bytes.toString(), bytes };
      calls.push(recorded);
      how(recorded, response);
    });
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  const port = await listening(server);
  return {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    target: `127.0.0.1:${port}`,
    calls,
    answer(next) {
      how = next;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** For what no HTTP server would answer. */
export async function startRawServer(
  onConnection: (socket: Socket) => void,
): Promise<{ port: number; target: string; stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createRawServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  const port = await listening(server);
  return {
    port,
    target: `127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
