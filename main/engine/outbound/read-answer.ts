// Writes one HTTP request to an open connection and reads its answer, up to a cap. Knows no names, addresses or failures.
import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';

export interface AnswerSoFar {
  status: number;
  headers: [string, string][];
  chunks: Uint8Array[];
  /** Bytes that came. */
  size: number;
  /** True where we hung up on an endless answer. */
  cut: boolean;
  /** From the begin of the request. */
  firstByteMs: number;
}

/** Kept of an answer. */
export const keptAnswerBytes = 64 * 1024;
/** After this much nothing more is read. */
const mostAnswerBytes = 1024 * 1024;
const mostHeaderBytes = 64 * 1024;

/**
 * `tell` gets the answer as soon as its headers are there; it fills while the promise is pending. Resolves at its end or at the cap,
 * rejects with the client's error. The connection is used up.
 */
export async function readAnswer(
  socket: Socket,
  request: {
    origin: string;
    path: string;
    method: string;
    headers: readonly (readonly [string, string])[];
    body: Uint8Array | undefined;
  },
  signal: AbortSignal,
  tell: (answer: AnswerSoFar) => void,
): Promise<void> {
  const free = onceOnly(socket);
  // Whatever happens to it after the answer is nobody's concern.
  socket.on('error', () => undefined);
  const client = new Client(request.origin, {
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: mostHeaderBytes,
    // Later, because the client is still at work when it asks.
    connect: (_options, callback) =>
      queueMicrotask(() => {
        const open = free();
        if (open) callback(null, open);
        else callback(new Error('the connection is used up'), null);
      }),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const start = performance.now();
      let answer: AnswerSoFar | undefined;
      const give = () => reject(signal.reason);
      if (signal.aborted) return give();
      signal.addEventListener('abort', give, { once: true });
      const settled = () => signal.removeEventListener('abort', give);
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: () => undefined,
        onResponseStart(controller, status) {
          // 102 and 103 come before the answer.
          if (status < 200) return;
          answer = {
            status,
            headers: pairsOf(controller.rawHeaders),
            chunks: [],
            size: 0,
            cut: false,
            firstByteMs: performance.now() - start,
          };
          tell(answer);
        },
        onResponseData(controller, chunk) {
          if (!answer) return;
          if (answer.size < keptAnswerBytes) {
            answer.chunks.push(Buffer.from(chunk.subarray(0, keptAnswerBytes - answer.size)));
          }
          answer.size += chunk.length;
          if (answer.size < mostAnswerBytes) return;
          answer.cut = true;
          settled();
          resolve();
          controller.abort(new Error('the answer is cut'));
        },
        onResponseEnd() {
          settled();
          resolve();
        },
        onResponseError(_controller, error) {
          settled();
          reject(error);
        },
      };
      client.dispatch(
        {
          path: request.path,
          method: request.method as Dispatcher.HttpMethod,
          headers: request.headers.flat() as string[],
          body: request.body ?? null,
          // The connection is for this call only.
          reset: true,
        },
        handler,
      );
    });
  } finally {
    socket.destroy();
    await client.destroy();
  }
}

/** The socket the first time it is asked for: what was not answered is not sent again on another connection. */
function onceOnly(socket: Socket): () => Socket | undefined {
  let used = false;
  return () => {
    if (used) return undefined;
    used = true;
    return socket;
  };
}

/** Names and values in turn, as bytes. UTF-8 where they are, else Latin-1. */
function pairsOf(raw: unknown): [string, string][] {
  const texts = ((raw ?? []) as (Buffer | string)[]).map((each) =>
    typeof each === 'string' ? each : headerText(each),
  );
  return Array.from({ length: texts.length / 2 }, (_, index) => [
    texts[index * 2] ?? '',
    texts[index * 2 + 1] ?? '',
  ]);
}

function headerText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}
