// The outbox inside the whole engine: a call comes in, a module runs, the call that goes out is refused for a moment, the engine restarts.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askToWait } from '../../harness/failing-server.ts';
import { type ModuleStage, setModuleStage, until } from '../../harness/module-stage.ts';

let stage: ModuleStage;
beforeEach(async () => {
  stage = await setModuleStage({ undoMs: 200 });
});
afterEach(() => stage.stop());

const deliveries = async () => (await stage.test.call('deliveries.list', {})).deliveries;
const settled = () =>
  until(stage.test, ['deliveries.changed'], async () => {
    const all = await deliveries();
    return all.length > 0 && all.every(({ endedAt }) => endedAt !== undefined) ? all : undefined;
  });

it('shows both tries of a call that was asked to wait, with a restart in between that loses nothing', async () => {
  await stage.addModule();
  stage.server.next(askToWait(2));
  await stage.send({ id: 1, name: 'Ada', email: 'ada@example.com' });
  await stage.server.waitFor(1);
  await until(stage.test, ['deliveries.changed'], async () =>
    (await deliveries())[0]?.lastStatus === 503 ? true : undefined,
  );
  expect((await stage.test.call('status.get', {})).deliveriesWaiting).toBe(1);
  await stage.restart();
  expect(stage.server.calls).toHaveLength(1);

  const [delivery] = await settled();
  expect(delivery).toMatchObject({ state: 'succeeded', attempts: 2, lastStatus: 200 });
  const { attempts } = await stage.test.call('deliveries.get', { id: delivery?.id ?? '' });
  expect(attempts.map(({ exchange }) => exchange.answer?.status)).toEqual([503, 200]);
  const [first, second] = stage.server.calls;
  expect(second?.text).toBe('{"email":"ada@example.com"}');
  expect(second?.body).toEqual(first?.body);
  expect(second?.header('idempotency-key')).toBe(first?.header('idempotency-key'));
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  const [run] = await stage.runs((runs) => runs[0]?.state === 'succeeded');
  expect(run?.steps).toEqual({ done: 1, failed: 0, total: 1 });
  expect((await stage.test.call('status.get', {})).deliveriesWaiting).toBe(0);
});

it('goes on with a run whose failed delivery is retried', async () => {
  await stage.addModule();
  stage.server.next({ status: 422 });
  await stage.send({ id: 1, name: 'Ada' });
  await stage.runs((runs) => runs[0]?.state === 'failed');
  const [failed] = await deliveries();
  await stage.test.call('deliveries.retry', { id: failed?.id ?? '' });
  await stage.runs((runs) => runs[0]?.state === 'succeeded');
  expect(stage.server.calls).toHaveLength(2);
});

it('leaves nothing of a data source that is removed while calls to it are under way', async () => {
  await stage.addModule();
  stage.server.always('hang');
  for (let id = 1; id <= 3; id += 1) await stage.send({ id, name: `Item ${id}` });
  await stage.server.waitFor(1);
  await stage.test.call('dataSources.delete', { id: stage.targetId });
  expect(await deliveries()).toEqual([]);
  await until(stage.test, ['status.changed', 'dataSources.changed'], async () =>
    (await stage.test.call('status.get', {})).deliveriesWaiting === 0 ? true : undefined,
  );
  stage.server.release();
  await stage.restart();
  expect(await deliveries()).toEqual([]);
  expect(stage.test.logLines.filter((line) => line.includes('"error"'))).toEqual([]);
});
