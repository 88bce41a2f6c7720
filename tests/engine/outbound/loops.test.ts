// A module whose calls come back to its own source, over the real receiver: two rounds are made, the third one is stopped and says so.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextHop } from '../../../main/engine/outbound/loop-guard.ts';
import { type ModuleStage, setModuleStage } from '../../harness/module-stage.ts';

let stage: ModuleStage;
beforeEach(async () => {
  stage = await setModuleStage();
});
afterEach(() => stage.stop());

it('stops at the third round, also where it goes over another name of this computer', async () => {
  const host = 'localhost';
  const { port, pathname } = new URL(stage.test.engine.facts.receiver.url);
  const { dataSource } = await stage.test.call('dataSources.get', { id: stage.sourceId });
  const own = dataSource.connections[0];
  await stage.test.call('connections.saveOutgoing', {
    id: own?.id ?? '',
    asDraft: true,
    outgoing: {
      baseUrl: `http://${host}:${port}${pathname}`,
      allowedTargets: [`${host}:${port}`],
      authorization: { kind: 'none' },
    },
  });
  await stage.addModule({
    steps: [
      {
        id: 's1',
        dataSourceId: stage.sourceId,
        method: 'POST',
        path: new URL(stage.url).pathname.replace(/^\/*/, '/'),
        body: { kind: 'json', template: '{"id":"{{ item.id }}x","name":"again","email":"e"}' },
        stopOnFailure: true,
      },
    ],
  });
  await stage.send({ id: 'a', name: 'first', email: 'e' });
  const runs = await stage.runs(
    (found) => found.length === 3 && found.every(({ endedAt }) => endedAt !== undefined),
  );
  expect(runs.map(({ state }) => state)).toEqual(['failed', 'succeeded', 'succeeded']);
  expect(runs[0]?.reason).toContain('our own receiver for the third time in a row');

  const { deliveries } = await stage.test.call('deliveries.list', {});
  expect(deliveries.map(({ state }) => state)).toEqual(['failed', 'succeeded', 'succeeded']);
  const { delivery, attempts } = await stage.test.call('deliveries.get', { id: deliveries[0]?.id ?? '' });
  // Given up at once: no later try could end otherwise.
  expect(delivery).toMatchObject({ attempts: 1, lastFailure: { code: 'loop' } });
  expect(attempts[0]?.decision).toContain('Given up');
  expect(attempts[0]?.decision).toContain('Change the module');

  const { captures } = await stage.test.call('captures.list', { dataSourceId: stage.sourceId });
  const hops = await Promise.all(
    captures.map(async ({ id }) => {
      const { capture } = await stage.test.call('captures.get', { id });
      return capture.headers.find(([name]) => name === 'hookbench-hops')?.[1];
    }),
  );
  expect(hops).toEqual(['2', '1', undefined]);
});

describe('our own receiver', () => {
  const own = {
    local: 'http://127.0.0.1:8899',
    public: 'https://calm-fox.loca.lt',
    allowedTargets: ['my-computer.lan:8899', '192.168.1.5:9000'],
  };

  it.each([
    'http://127.0.0.1:8899/hooks/x',
    'http://127.9.9.9:8899/',
    'http://2130706433:8899/',
    'http://[::1]:8899/',
    'http://[::ffff:127.0.0.1]:8899/',
    'http://LOCALHOST:8899/',
    'http://localhost.:8899/',
    // A name that leads to this computer, of which only its permission is known.
    'http://my-computer.lan:8899/',
    'https://calm-fox.loca.lt/hooks/x',
    'https://CALM-FOX.loca.lt:443/',
    // Tunnels answer on both.
    'http://calm-fox.loca.lt/',
  ])('is recognised in %s', (url) => {
    expect(nextHop(url, 0, own)).toEqual({ hop: 1, isLoop: false });
    expect(nextHop(url, 1, own)).toEqual({ hop: 2, isLoop: false });
    expect(nextHop(url, 2, own)).toEqual({ hop: 3, isLoop: true });
  });

  it.each([
    'http://127.0.0.1:8898/',
    'http://192.168.1.5:9000/',
    'https://other.loca.lt/',
    'https://calm-fox.loca.lt:8443/',
    'https://example.com:8899/',
  ])('is not %s', (url) => {
    expect(nextHop(url, 2, own)).toBeUndefined();
  });
});
