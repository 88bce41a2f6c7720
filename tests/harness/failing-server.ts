// A second server that records what comes and answers as it is told, failing on purpose: statuses, `Retry-After`, redirects, answers
// that never come, connections that are reset, bodies that are cut or endless.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ReceivedCall {
  /** Milliseconds since 1970 at which it had arrived whole. */
  at: number;
  method: string;
  /** Path and query, as sent. */
  target: string;
  /** In the order of arrival, names as sent. */
  headers: [string, string][];
  /** The first value of a header, whatever its case. */
  header(name: string): string | undefined;
  body: Buffer;
  text: string;
}

/** How a call is answered. `hang` reads it and never answers; `reset` breaks the connection; `half` breaks it in the middle of the body. */
export type PlannedAnswer =
  | { status: number; headers?: Record<string, string>; body?: string | Buffer; afterMs?: number }
  | 'hang'
  | 'reset'
  | 'half';

export interface FailingServer {
  /** `http://127.0.0.1:port`. */
  url: string;
  port: number;
  /** All calls so far, oldest first. */
  calls: ReceivedCall[];
  /** Most calls that were being answered at the same time. */
  mostAtOnce(): number;
  /** The next calls get these, one each; then `always` holds again. */
  next(...answers: PlannedAnswer[]): void;
  /** How all other calls are answered: 200 with `{"ok":true}` at first. */
  always(answer: PlannedAnswer | ((call: ReceivedCall) => PlannedAnswer)): void;
  /** Resolves when `count` calls have come since the start; rejects with what came after `timeoutMs`. */
  waitFor(count: number, timeoutMs?: number): Promise<ReceivedCall[]>;
  /** Answers all calls that hang with 200. */
  release(): void;
  /** Ends the server and breaks what is open. */
  stop(): Promise<void>;
}

const fine: PlannedAnswer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"ok":true}',
};

export const redirectTo = (location: string, status = 302): PlannedAnswer => ({
  status,
  headers: { location },
});
/** 503, or another status, that asks to wait: seconds, or a date of HTTP. */
export const askToWait = (retryAfter: number | string, status = 503): PlannedAnswer => ({
  status,
  headers: { 'retry-after': String(retryAfter), 'content-type': 'text/plain' },
  body: 'come back later',
});

export async function startFailingServer(options: { port?: number } = {}): Promise<FailingServer> {
  const calls: ReceivedCall[] = [];
  const planned: PlannedAnswer[] = [];
  const hanging = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let otherwise: PlannedAnswer | ((call: ReceivedCall) => PlannedAnswer) = fine;
  let open = 0;
  let mostOpen = 0;

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    response.once('close', () => {
      open -= 1;
      hanging.delete(response);
    });
    void take(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The caller went away in the middle of its body: there is nothing to record or to answer.
      return;
    }
    const call = record(request, Buffer.concat(chunks));
    calls.push(call);
    for (const look of waiting) look();
    answer(response, planned.shift() ?? (typeof otherwise === 'function' ? otherwise(call) : otherwise));
  }

  function answer(response: ServerResponse, plan: PlannedAnswer): void {
    if (plan === 'hang') {
      hanging.add(response);
      return;
    }
    if (plan === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    if (plan === 'half') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"half":', () => response.socket?.resetAndDestroy());
      return;
    }
    const { status, headers = {}, body = '', afterMs = 0 } = plan;
    const end = () => response.writeHead(status, headers).end(body);
    if (afterMs === 0) end();
    else setTimeout(end, afterMs).unref();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    calls,
    mostAtOnce: () => mostOpen,
    next: (...answers) => void planned.push(...answers),
    always(plan) {
      otherwise = plan;
    },
    waitFor(count, timeoutMs = 10_000) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (calls.length < count) return;
          finish();
          resolve(calls.slice(0, count));
        };
        const late = setTimeout(() => {
          finish();
          const came = calls.map((call) => `${call.method} ${call.target}`).join(', ') || 'nothing';
          reject(new Error(`${count} calls were expected within ${timeoutMs} ms; came: ${came}`));
        }, timeoutMs);
        function finish(): void {
          clearTimeout(late);
          waiting.delete(look);
        }
        waiting.add(look);
        look();
      });
    },
    release() {
      for (const response of hanging) answer(response, fine);
      hanging.clear();
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function record(request: IncomingMessage, body: Buffer): ReceivedCall {
  const headers: [string, string][] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    headers.push([request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '']);
  }
  return {
    at: Date.now(),
    method: request.method ?? '',
    target: request.url ?? '',
    headers,
    header: (name) => headers.find(([found]) => found.toLowerCase() === name.toLowerCase())?.[1],
    body,
    text: body.toString('utf8'),
  };
}
