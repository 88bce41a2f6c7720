// Sends a call to our own receiver over a real socket, so that it takes the whole path of a call from outside. Connections are kept for the
// next call; a stop of the engine closes them.
import { Agent, request } from 'undici';
import type { HeaderList } from './source-call.ts';

export interface ReceiverAnswer {
  status: number;
  headers: HeaderList;
  body: Uint8Array;
}

/** Longer than the receiver itself takes for anything. */
const timeLimitMs = 40_000;
const mostSockets = 256;

export function createSendToReceiver() {
  const dispatcher = new Agent({ connections: mostSockets, pipelining: 1 });
  return {
    /** Rejects with why no answer came. */
    async send(
      call: { method: string; url: string; headers: HeaderList; body: Uint8Array },
      signal: AbortSignal,
    ): Promise<ReceiverAnswer> {
      const answer = await request(call.url, {
        method: call.method,
        headers: call.headers.flat(),
        ...(call.body.length === 0 ? {} : { body: call.body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]),
        dispatcher,
      });
      const body = new Uint8Array(await answer.body.arrayBuffer());
      const headers = Object.entries(answer.headers).flatMap(
        ([name, value]): HeaderList =>
          (Array.isArray(value) ? value : [value ?? '']).map((each) => [name, each]),
      );
      return { status: answer.statusCode, headers, body };
    },
    close: () => dispatcher.destroy(),
  };
}

export type SendToReceiver = ReturnType<typeof createSendToReceiver>;
