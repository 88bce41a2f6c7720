// Reads the body of a request into one buffer and counts while it reads; never holds more than the limits allow.
import type { IncomingMessage } from 'node:http';
import { copyBytes } from '../parsing/copy-bytes.ts';

export type ReadBody =
  | { kind: 'whole'; body: Buffer; release(): void }
  | { kind: 'tooLarge' }
  | { kind: 'overloaded' }
  | { kind: 'aborted' };

/** Bytes of bodies in memory over all requests of one receiver. */
export function createBodyBudget(maxBytes: number) {
  let used = 0;
  return {
    take(bytes: number): boolean {
      if (used + bytes > maxBytes) return false;
      used += bytes;
      return true;
    },
    give(bytes: number): void {
      used -= bytes;
    },
  };
}

/** A chunk costs some 300 bytes beside its content, so this many small ones are joined while they come. */
const joinedChunks = 256;
const smallChunkBytes = 1024;

export type BodyBudget = ReturnType<typeof createBodyBudget>;

/** `release` gives the bytes back to the budget; every other outcome has done so already. */
export function readBody(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let apart = 0;
    let apartBytes = 0;
    let settled = false;

    function leave(): void {
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('close', onClose);
    }
    function settle(result: ReadBody): void {
      if (settled) return;
      settled = true;
      leave();
      if (result.kind !== 'whole') {
        budget.give(size);
        request.pause();
      }
      resolve(result);
    }
    function onData(chunk: Buffer): void {
      if (size + chunk.length > maxBytes) settle({ kind: 'tooLarge' });
      else if (!budget.take(chunk.length)) settle({ kind: 'overloaded' });
      else {
        size += chunk.length;
        keep(chunk);
      }
    }
    function keep(chunk: Buffer): void {
      chunks.push(chunk);
      apart += 1;
      apartBytes += chunk.length;
      if (apart < joinedChunks) return;
      if (apartBytes < joinedChunks * smallChunkBytes) {
        chunks.push(Buffer.concat(chunks.splice(-apart), apartBytes));
      }
      apart = 0;
      apartBytes = 0;
    }
    function onEnd(): void {
      // It is whole, whatever becomes of the connection now.
      leave();
      const whole = (body: Buffer) => settle({ kind: 'whole', body, release: () => budget.give(size) });
      const [first] = chunks;
      if (chunks.length === 1 && first) whole(first);
      else copyBytes(chunks).then(({ buffer }) => whole(Buffer.from(buffer)), reject);
    }
    function onClose(): void {
      settle({ kind: 'aborted' });
    }

    request.on('data', onData);
    request.on('end', onEnd);
    request.on('close', onClose);
    // A reset shows as `close`; without a listener the error would end the process.
    request.on('error', () => undefined);
  });
}
