// Checks signatures: small bodies at once, large ones in a worker thread of its own, which starts with the first of them and
// ends when it had nothing to do for a while.
import { Worker } from 'node:worker_threads';
import { copyBytes } from '../parsing/copy-bytes.ts';
import { threadOptions } from '../threads/thread-options.ts';
import type { SignatureScheme } from './signature-scheme.ts';
import type { SignatureTask } from './signature-worker.ts';
import type { SignatureVerdict, VerifyInput } from './verdict.ts';
import { verifyAnySignature } from './verify-signature.ts';

/** Hashing this much takes about a millisecond. */
const maxInlineBytes = 256 * 1024;
/** Where the work is more than one hash: a form that is sorted, or an explanation that tries many variants. */
const maxInlineBytesOfMuch = 16 * 1024;
const idleMs = 60_000;
/** A check of the largest body takes a fraction of a second; whatever takes longer is stuck. */
const timeLimitMs = 20_000;

interface Waiting {
  resolve(verdict: SignatureVerdict | undefined): void;
  reject(error: Error): void;
}

export function createSignatureChecker() {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let stops = 0;

  function start(): Worker {
    // The same name as this file beside it, with the same ending: `.ts` here, `.js` where it was bundled.
    const file = `./signature-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
    const started = new Worker(new URL(file, import.meta.url), threadOptions());
    started.on('message', ({ id, verdict }: { id: number; verdict: SignatureVerdict | undefined }) => {
      if (worker !== started) return;
      const job = waiting.get(id);
      waiting.delete(id);
      watch();
      job?.resolve(verdict);
    });
    started.on('error', (error) => {
      if (worker === started) lose(error instanceof Error ? error : new Error(String(error)));
    });
    started.on('exit', (code) => {
      if (worker === started) lose(new Error(`The signature worker ended with code ${code}.`));
    });
    return started;
  }

  /** What waits is rejected, so that its senders get a 503 and try again. */
  function lose(reason: Error): void {
    const lost = worker;
    worker = undefined;
    clearTimeout(timer);
    for (const job of waiting.values()) job.reject(reason);
    waiting.clear();
    void lost?.terminate();
  }

  /** Looks again when the present work is overdue, or when there was none for a while. */
  function watch(): void {
    clearTimeout(timer);
    if (waiting.size > 0) {
      worker?.ref();
      timer = setTimeout(() => lose(new Error('The signature worker does not answer.')), timeLimitMs);
      return;
    }
    worker?.unref();
    timer = setTimeout(() => lose(new Error('The signature worker was idle.')), idleMs).unref();
  }

  return {
    /** The verdict of the scheme that fits best; undefined where no scheme is given. Rejects only on a fault of our own. */
    async check(
      schemes: readonly SignatureScheme[],
      input: VerifyInput,
    ): Promise<SignatureVerdict | undefined> {
      const isMuch = input.hints !== undefined || schemes.some(sortsForm);
      const maxBytes = isMuch ? maxInlineBytesOfMuch : maxInlineBytes;
      if (input.rawBody.length <= maxBytes) return verifyAnySignature(schemes, input);
      const stopsBefore = stops;
      const rawBody = await copyBytes([input.rawBody]);
      if (stops > stopsBefore) throw stopping();
      worker ??= start();
      const target = worker;
      const id = ++lastId;
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        watch();
        const task: SignatureTask = { id, schemes, input: { ...input, rawBody } };
        target.postMessage(task, [rawBody.buffer]);
      });
    },

    async stop(): Promise<void> {
      const ending = worker;
      stops += 1;
      lose(stopping());
      await ending?.terminate();
    },
  };
}

export type SignatureChecker = ReturnType<typeof createSignatureChecker>;

const stopping = () => new Error('The engine is stopping.');

function sortsForm(scheme: SignatureScheme): boolean {
  return scheme.kind === 'hmac' && scheme.content.includes('{sortedForm}');
}
