// A worker with a connection of its own is never terminated while it loads: the driver would abort the whole program.
import { expect, it } from 'vitest';
import { startDatabaseWorker } from '../../../main/engine/store/database-worker.ts';

function startSlow(closes: boolean) {
  const loaded = new Int32Array(new SharedArrayBuffer(4));
  const lost: string[] = [];
  const worker = startDatabaseWorker(
    new URL('./slow-worker.ts', import.meta.url),
    { loaded, closes },
    () => undefined,
    ({ message }) => lost.push(message),
  );
  return { worker, loaded, lost };
}

it('is let finish loading, however little time it has to close', async () => {
  const { worker, loaded, lost } = startSlow(true);
  await worker.end(0);
  expect(loaded[0]).toBe(1);
  expect(lost).toHaveLength(1);
});

it('is terminated where it does not close in its time', async () => {
  const { worker, loaded, lost } = startSlow(false);
  await worker.end(50);
  expect(loaded[0]).toBe(1);
  expect(lost).toEqual(['The worker thread ended with code 1.']);
});
