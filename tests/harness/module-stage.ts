// A stage for tests of modules: a data source with items, a second one that calls a second server, a solution with access to both.
import type { CallInput, CallOutput, EventName, RunSummary } from '#contract';
import type { EngineOptions } from '../../main/engine/engine.ts';
import { type FailingServer, startFailingServer } from './failing-server.ts';
import { startTestEngine, type TestEngine } from './test-engine.ts';

export type ModuleInput = CallInput<'modules.create'>['module'];

export interface ModuleStage {
  test: TestEngine;
  server: FailingServer;
  sourceId: string;
  targetId: string;
  solutionId: string;
  url: string;
  /** A call comes in and is indexed. */
  send(payload: unknown): Promise<void>;
  /** A module on the source that posts the item's email, changed by `change`; enabled. Gives its id. */
  addModule(change?: Partial<ModuleInput>): Promise<string>;
  moduleOf(change?: Partial<ModuleInput>): ModuleInput;
  /** The runs once `check` accepts them; looks again at every change. */
  runs(check: (runs: RunSummary[]) => boolean, filter?: CallInput<'runs.list'>): Promise<RunSummary[]>;
  /** A GET without a body to `/look` of the second server, as *Try it* sends it. */
  look(): Promise<CallOutput<'actions.try'>>;
  /** Ends the engine and starts another on the same folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function setModuleStage(options: Partial<EngineOptions> = {}): Promise<ModuleStage> {
  const server = await startFailingServer();
  let test = await startTestEngine(undefined, options);
  const { id: sourceId, url } = await test.createSource();
  await test.call('mapping.save', {
    dataSourceId: sourceId,
    mapping: {
      id: 'id',
      title: 'name',
      fields: [
        { name: 'email', path: 'email', type: 'text' },
        { name: 'score', path: 'score', type: 'number' },
      ],
    },
  });
  const { id: targetId } = await test.createSource();
  await giveBaseUrl(test, targetId, server);
  const { solution } = await test.call('solutions.create', { name: 'Newsletter' });
  for (const id of [sourceId, targetId]) {
    await test.call('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
  }

  function moduleOf(change: Partial<ModuleInput> = {}): ModuleInput {
    return {
      name: 'Welcome',
      dataSourceId: sourceId,
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: [
        {
          id: 's1',
          dataSourceId: targetId,
          method: 'POST',
          path: '/welcome',
          body: { kind: 'json', template: '{"email":"{{ item.fields.email }}"}' },
          stopOnFailure: true,
        },
      ],
      ...change,
    };
  }

  const stage: ModuleStage = {
    get test() {
      return test;
    },
    server,
    sourceId,
    targetId,
    solutionId: solution.id,
    url,
    moduleOf,
    async send(payload) {
      const { port } = new URL(test.engine.facts.receiver.url);
      const address = new URL(url);
      address.port = port;
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      });
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
      await settledItems(test, sourceId);
    },
    async addModule(change) {
      const { module } = await test.call('modules.create', {
        solutionId: solution.id,
        module: moduleOf(change),
        enabled: true,
      });
      if (module.state !== 'ready')
        throw new Error(`the module is ${module.state}: ${module.blockedBecause}`);
      return module.id;
    },
    runs: (check, filter = {}) =>
      until(test, ['runs.changed', 'deliveries.changed', 'items.changed'], async () => {
        const { runs } = await test.call('runs.list', filter);
        return check(runs) ? runs : undefined;
      }),
    look: () =>
      test.call('actions.try', {
        dataSourceId: targetId,
        action: {
          name: 'Look',
          effect: 'custom',
          method: 'GET',
          path: '/look',
          query: [],
          headers: [],
          body: { kind: 'none' },
        },
      }),
    async restart() {
      const { dataDir } = test;
      await test.stop();
      test = await startTestEngine(dataDir, options);
    },
    async stop() {
      await test.stop();
      await server.stop();
    },
  };
  return stage;
}

/** All calls of a source are indexed. */
export async function settledItems(test: TestEngine, dataSourceId: string): Promise<void> {
  await until(test, ['items.changed', 'dataSources.changed'], async () => {
    const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
    return dataSource.counts.waiting === 0 ? true : undefined;
  });
}

/** What `look` gives once it gives something; it looks again at each of the events. */
export async function until<T>(
  test: TestEngine,
  events: EventName[],
  look: () => Promise<T | undefined>,
  timeoutMs = 15_000,
): Promise<T> {
  let ring: () => void = () => {};
  const unsubscribe = test.engine.subscribe((event) => events.includes(event) && ring());
  const end = performance.now() + timeoutMs;
  try {
    for (;;) {
      const rung = new Promise<void>((resolve) => {
        ring = resolve;
      });
      const found = await look();
      if (found !== undefined) return found;
      const left = end - performance.now();
      if (left <= 0) throw new Error('what was waited for did not happen');
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, Math.min(left, 500));
      await Promise.race([rung, late.promise]);
      clearTimeout(timer);
    }
  } finally {
    unsubscribe();
  }
}

async function giveBaseUrl(test: TestEngine, dataSourceId: string, server: FailingServer): Promise<void> {
  const { dataSource } = await test.call('dataSources.get', { id: dataSourceId });
  await test.call('connections.saveOutgoing', {
    id: dataSource.connections[0]?.id ?? '',
    outgoing: {
      baseUrl: server.url,
      authorization: { kind: 'none' },
      allowedTargets: [`127.0.0.1:${server.port}`],
    },
    // The check at Save would count as a call.
    asDraft: true,
  });
}
