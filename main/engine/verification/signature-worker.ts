// The worker thread that checks the signatures of large bodies, whose hashing would hold up the engine's loop. It touches nothing but
// its messages.
import { parentPort } from 'node:worker_threads';
import type { SignatureScheme } from './signature-scheme.ts';
import type { VerifyInput } from './verdict.ts';
import { verifyAnySignature } from './verify-signature.ts';

export interface SignatureTask {
  id: number;
  schemes: readonly SignatureScheme[];
  input: VerifyInput;
}

const port = parentPort;
if (!port) throw new Error('signature-worker.ts runs as a worker thread only.');

port.on('message', ({ id, schemes, input }: SignatureTask) => {
  port.postMessage({ id, verdict: verifyAnySignature(schemes, input) });
});
