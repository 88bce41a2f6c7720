// Which call does what. Each handler is a line or two; the work stands in the folders of the subjects.
import type { EngineStatus } from '#contract';
import { ProblemError } from '#contract';
import type { Handlers } from './calls.ts';
import type { Captures } from './captures/captures.ts';
import type { WaitForCapture } from './captures/wait-for-capture.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { DataSources } from './data-sources/data-sources.ts';
import type { SendTest } from './data-sources/send-test.ts';
import type { Mappings } from './indexing/mappings.ts';
import type { Items } from './items/items.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { TunnelSupervisor } from './tunnels/tunnel-supervisor.ts';

const childrenAtOnce = 100;

export function createHandlers(deps: {
  status(): EngineStatus;
  settings: SettingsStore;
  catalog: Catalog;
  dataSources: DataSources;
  sendTest: SendTest;
  captures: Captures;
  waitForCapture: WaitForCapture;
  mappings: Mappings;
  items: Items;
  tunnel: TunnelSupervisor;
}): Handlers {
  const { settings, catalog, dataSources, captures, mappings, items, tunnel } = deps;
  return {
    'status.get': () => deps.status(),
    'settings.get': () => ({ settings: settings.get() }),
    'settings.update': (change) => ({ settings: settings.update(change) }),

    'applications.list': ({ search }) => ({ applications: catalog.list(search) }),
    'applications.get': ({ id }) => {
      const application = catalog.get(id);
      if (!application) {
        throw new ProblemError('application.missing', `The catalog has no application "${id}".`, {
          path: 'id',
        });
      }
      return { application };
    },

    'dataSources.list': () => ({ dataSources: dataSources.list() }),
    'dataSources.get': ({ id }) => ({ dataSource: dataSources.get(id) }),
    'dataSources.create': (input) => ({ dataSource: dataSources.create(input) }),
    'dataSources.rename': ({ id, name }) => ({ dataSource: dataSources.rename(id, name) }),
    'dataSources.sendTest': ({ id }, signal) => deps.sendTest(id, signal),

    'captures.list': (input) => captures.list(input),
    'captures.get': ({ id }) => ({ capture: captures.get(id) }),
    'captures.body': async ({ id }) => ({ base64: Buffer.from(await captures.body(id)).toString('base64') }),
    'captures.view': async ({ id }, signal) => ({ view: await captures.view(id, signal) }),
    'captures.children': ({ id, path, offset, limit }, signal) =>
      captures.children(id, path, offset, limit ?? childrenAtOnce, signal),
    'captures.wait': async (input, signal) => ({ capture: await deps.waitForCapture(input, signal) }),

    'mapping.get': ({ dataSourceId }) => mappings.get(dataSourceId),
    'mapping.keepDraft': ({ dataSourceId, mapping }) => {
      mappings.keepDraft(dataSourceId, mapping);
      return {};
    },
    'mapping.preview': (input, signal) => mappings.preview(input, signal),
    'mapping.save': ({ dataSourceId, mapping }, signal) => mappings.save(dataSourceId, mapping, signal),

    'items.list': (input) => {
      dataSources.require(input.dataSourceId);
      return items.list(input);
    },
    'items.get': ({ id }) => items.get(id),

    'tunnel.start': async () => ({ tunnel: await tunnel.start() }),
    'tunnel.stop': async () => ({ tunnel: await tunnel.stop() }),
  };
}
