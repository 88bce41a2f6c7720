// The serve host's door: the screens, the link over a WebSocket, and the calls for scripts. Loopback only, never given to
// a tunnel; every request is checked for Host, Origin and session before anything else.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { type Caller, type Channel, ProblemError } from '#contract';
import { EngineStartError } from '../engine/store/engine-start-error.ts';
import { answerHttpCall, apiPath, sendProblem } from '../link/http-calls.ts';
import type { Dispatcher } from '../link/serve-channel.ts';
import { createWebSocketChannel } from '../link/web-socket-channel.ts';
import { createDownloadDoor, downloadPath, type OpenDownload } from './download.ts';
import { createPage } from './page.ts';
import { isLoopbackHost, isOwnOrigin, type Sessions } from './session.ts';

export interface ControlServer {
  /** `http://127.0.0.1:4871` */
  url: string;
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const maxSessionBytes = 1024;
const maxFrameBytes = 32 * 1024 * 1024;

/** Throws `EngineStartError` portTaken. */
export async function startControlServer(deps: {
  port: number;
  pageFolder: string;
  sessions: Sessions;
  /** An unexpected error, for the log. */
  onFault(error: unknown): void;
  engine: Pick<Dispatcher, 'dispatch'> & {
    attach(channel: Channel, caller: Caller): void;
    openDownload: OpenDownload;
  };
}): Promise<ControlServer> {
  const { sessions, engine } = deps;
  const sendPage = createPage(deps.pageFolder);
  const sendDownload = createDownloadDoor(engine.openDownload);
  let port = deps.port;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isLoopbackHost(request, port) || !isOwnOrigin(request)) {
      return refuse(response, 403, 'Open Hookbench at the address that its terminal printed.');
    }
    if (request.url === '/session') return await answerSession(request, response);
    if (request.url?.startsWith(apiPath)) {
      if (!sessions.hasBearer(request)) {
        return refuse(response, 401, 'Send the token of this Hookbench as "Authorization: Bearer <token>".');
      }
      return await answerHttpCall(request, response, engine);
    }
    if (request.url?.startsWith(downloadPath)) {
      if (!sessions.hasCookie(request, port)) return refuse(response, 401, 'This browser is not signed in.');
      return await sendDownload(request, response);
    }
    await sendPage(request, response, port);
  }

  async function answerSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      return sessions.hasCookie(request, port)
        ? void response.writeHead(204, { 'Cache-Control': 'no-store' }).end()
        : refuse(response, 401, 'This browser is not signed in.');
    }
    if (request.method !== 'POST') return refuse(response, 405, 'Use POST.');
    const cookie = sessions.trade(await readToken(request), port);
    if (!cookie)
      return refuse(
        response,
        401,
        'This address is not valid any more. Use the one that the terminal printed.',
      );
    response.writeHead(204, { 'Set-Cookie': cookie, 'Cache-Control': 'no-store' }).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A client that went away in the middle of its request is no fault of ours, and nobody waits for an answer.
      if (response.destroyed || request.destroyed) return void response.destroy();
      // A download that was cancelled or cannot go on ends its connection, so that nobody waits for more or takes a part for the whole.
      if (response.headersSent) response.destroy();
      if (error instanceof ProblemError && error.problem.code === 'call.cancelled') return;
      deps.onFault(error);
      refuse(response, 500, 'Something unexpected went wrong. The log has it.', 'internal');
    });
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const sameOrigin = request.headers.origin !== undefined && isOwnOrigin(request);
    const path = request.url?.split('?', 1)[0];
    if (!isLoopbackHost(request, port) || !sameOrigin || path !== '/link')
      return endUpgrade(socket, '403 Forbidden');
    if (!sessions.hasCookie(request, port)) return endUpgrade(socket, '401 Unauthorized');
    sockets.handleUpgrade(request, socket, head, (ready) =>
      engine.attach(createWebSocketChannel(ready), 'page'),
    );
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        taken
          ? new EngineStartError(
              'portTaken',
              `The control server cannot listen on port ${port} (${error.code}). Close the program that uses it, or choose another with --control-port (0 takes any free one).`,
              error,
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  port = (server.address() as AddressInfo).port;

  return {
    url: `http://${host}:${port}`,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  code: 'access.denied' | 'internal' = 'access.denied',
): void {
  sendProblem(response, { code, message }, status);
}

function endUpgrade(socket: Duplex, status: string): void {
  // Node listens no more to a socket that asked for an upgrade; without a listener its reset would end the program.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function readToken(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > maxSessionBytes) return undefined;
  }
  try {
    return (JSON.parse(text) as { token?: unknown } | null)?.token;
  } catch {
    return undefined;
  }
}
