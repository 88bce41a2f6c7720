// Downloads of the serve host over a real socket: whole, or broken off where the reader sees it.
import { afterEach, expect, it } from 'vitest';
import { ProblemError } from '#contract';
import { type ControlServer, startControlServer } from '../../main/control/control-server.ts';
import { createSessions } from '../../main/control/session.ts';

let control: ControlServer;
afterEach(() => control.stop());

/** The download, and what went wrong unexpectedly. */
async function download(parts: () => AsyncGenerator<string>) {
  const sessions = createSessions('a key of thirty-two characters..');
  const faults: unknown[] = [];
  control = await startControlServer({
    port: 0,
    pageFolder: '.',
    sessions,
    onFault: (error) => faults.push(error),
    engine: {
      dispatch: () => Promise.reject(new Error('no calls here')),
      attach: () => undefined,
      openDownload: () => ({ fileName: 'calls.json', contentType: 'application/json', parts: parts() }),
    },
  });
  const cookie = sessions.trade(sessions.launchToken, Number(new URL(control.url).port))?.split(';')[0] ?? '';
  const response = await fetch(`${control.url}/download/ticket`, {
    headers: { cookie },
    signal: AbortSignal.timeout(5_000),
  });
  return { response, faults };
}

it('ends with its last part', async () => {
  const { response } = await download(async function* () {
    yield '[1,';
    yield '2]';
  });
  expect(response.headers.get('content-disposition')).toContain('calls.json');
  expect(await response.json()).toEqual([1, 2]);
});

it.each([
  ['is cancelled', new ProblemError('call.cancelled', 'The download was cancelled.'), 0],
  ['cannot go on', new Error('the store is gone'), 1],
])('breaks the connection when it %s', async (_, error, faultCount) => {
  const read = Promise.withResolvers<void>();
  const { response, faults } = await download(async function* () {
    yield '[1,';
    await read.promise;
    throw error;
  });
  expect(response.status).toBe(200);
  read.resolve();
  await expect(response.text()).rejects.toThrow('terminated');
  expect(faults).toHaveLength(faultCount);
});
