// The client of the benchmark, in a process of its own: keep-alive connections that each post one call after another. Raw sockets, so that
// the client costs as little as possible beside the servers that are measured. Told what to do by messages of its parent.
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly url: string;
  readonly connections: number;
  /** Each call is a JSON object of about so many bytes with an id of its own. */
  readonly bodyBytes: number;
  /** The load ends at whichever comes first. */
  readonly maxCalls: number;
  readonly maxMs: number;
}

export interface LoadResult {
  readonly calls: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const idDigits = 12;
const stuckMs = 20_000;
let lastId = 0;

/** A request with a place for the id, so that a call costs one small copy. */
function makeRequest(url: URL, bodyBytes: number): { bytes: Buffer; idAt: number } {
  const record = {
    id: '0'.repeat(idDigits),
    type: 'order.updated',
    customer: { name: 'Ada Example', vip: false },
  };
  const line = {
    sku: 'HB-1042',
    title: 'Oak shelf, 80 cm',
    quantity: 2,
    price: '129.90',
    tags: ['wood', 'home'],
  };
  const lines: unknown[] = [];
  let body = JSON.stringify({ ...record, lines });
  while (body.length < bodyBytes) {
    lines.push(line);
    body = JSON.stringify({ ...record, lines });
  }
  const head = [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'User-Agent: hookbench-bench',
    'Accept: */*',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '\r\n',
  ].join('\r\n');
  const bytes = Buffer.from(head + body);
  return { bytes, idAt: bytes.indexOf('0'.repeat(idDigits), Buffer.byteLength(head)) };
}

/** The length of the first answer in `text`, undefined while it is not whole; throws at anything but 200 with a length. */
function answerLength(text: string): number | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`answered ${text.slice(0, 300)}`);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`answered without a length: ${head}`);
  const whole = headEnd + 4 + Number(length);
  return text.length >= whole ? whole : undefined;
}

async function run(load: Load): Promise<LoadResult> {
  const url = new URL(load.url);
  const sockets = await Promise.all(
    Array.from(
      { length: load.connections },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
          socket.once('error', reject);
          socket.once('connect', () => resolve(socket.off('error', reject)));
        }),
    ),
  );
  const times: number[] = [];
  const started = performance.now();
  let begun = 0;

  const drive = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      const request = makeRequest(url, load.bodyBytes);
      let sentAt = 0;
      let text = '';
      function next(): void {
        if (begun >= load.maxCalls || performance.now() - started >= load.maxMs) {
          resolve();
          return;
        }
        begun += 1;
        lastId += 1;
        request.bytes.write(String(lastId).padStart(idDigits, '0'), request.idAt, 'latin1');
        sentAt = performance.now();
        socket.write(request.bytes);
      }
      socket.setEncoding('latin1');
      socket.on('data', (chunk: string) => {
        text += chunk;
        try {
          const length = answerLength(text);
          if (length === undefined) return;
          text = text.slice(length);
        } catch (error) {
          return reject(error);
        }
        times.push(performance.now() - sentAt);
        next();
      });
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the server closed the connection')));
      next();
    });

  const stuck = Promise.withResolvers<never>();
  const limit = setTimeout(
    () => stuck.reject(new Error(`no end ${stuckMs / 1000} s after the time was over`)),
    load.maxMs + stuckMs,
  );
  try {
    await Promise.race([Promise.all(sockets.map(drive)), stuck.promise]);
  } finally {
    clearTimeout(limit);
    for (const socket of sockets) socket.removeAllListeners('close').destroy();
  }
  const tookMs = performance.now() - started;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { calls: times.length, perSecond: (times.length / tookMs) * 1000, p50Ms: at(0.5), p99Ms: at(0.99) };
}

process.on('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
