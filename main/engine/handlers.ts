// Which call does what. Each handler is a line or two; the work stands in the folders of the subjects.
import type { Activity, ActivitySpan, EngineStatus } from '#contract';
import { ProblemError } from '#contract';
import type { Audit } from './audit/audit.ts';
import type { Handlers } from './calls.ts';
import type { Captures } from './captures/captures.ts';
import type { WaitForCapture } from './captures/wait-for-capture.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { ConnectionReceiving } from './connections/connection-receiving.ts';
import type { ConnectionVerifications } from './connections/connection-verification.ts';
import type { ProbeEndpoint } from './connections/probe-endpoint.ts';
import type { SendTest } from './connections/send-test.ts';
import type { DataSourceCare } from './data-sources/data-source-care.ts';
import type { DataSources } from './data-sources/data-sources.ts';
import type { Downloads } from './downloads/downloads.ts';
import type { ItemDownloads } from './downloads/item-downloads.ts';
import type { ImportFaults } from './imports/import-faults.ts';
import type { Imports } from './imports/imports.ts';
import type { DriftWatch } from './indexing/drift-watch.ts';
import type { DryRun } from './indexing/dry-run.ts';
import type { Mappings } from './indexing/mappings.ts';
import type { RecentCalls } from './indexing/recent-calls.ts';
import type { ItemLists } from './items/item-lists.ts';
import type { Items } from './items/items.ts';
import type { ManualItems } from './manual/manual-items.ts';
import type { MissedCallsNotes } from './receiver/missed-calls.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { Tunnels } from './tunnels/tunnels.ts';
import type { Backups } from './upkeep/backups.ts';
import type { RetentionRulesStore } from './upkeep/retention.ts';

const childrenAtOnce = 100;
const callsCovered = 200;

export function createHandlers(deps: {
  status(): EngineStatus;
  settings: SettingsStore;
  catalog: Catalog;
  dataSources: DataSources;
  care: DataSourceCare;
  activity(dataSourceId: string, span: ActivitySpan): Activity;
  retention: RetentionRulesStore;
  audit: Audit;
  sendTest: SendTest;
  verifications: ConnectionVerifications;
  receiving: ConnectionReceiving;
  probeEndpoint: ProbeEndpoint;
  missedCalls: MissedCallsNotes;
  captures: Captures;
  waitForCapture: WaitForCapture;
  mappings: Mappings;
  drift: DriftWatch;
  recentCalls: RecentCalls;
  dryRun: DryRun;
  items: Items;
  imports: Imports;
  importFaults: ImportFaults;
  itemLists: ItemLists;
  downloads: Downloads;
  itemDownloads: ItemDownloads;
  manualItems: ManualItems;
  backups: Backups;
  tunnel: Tunnels;
}) {
  const {
    settings,
    catalog,
    dataSources,
    care,
    retention,
    audit,
    captures,
    mappings,
    recentCalls,
    dryRun,
    items,
    imports,
    itemLists,
    tunnel,
    verifications,
  } = deps;
  return {
    'status.get': () => deps.status(),
    'settings.get': () => ({ settings: settings.get() }),
    'settings.update': (change) => ({ settings: settings.update(change) }),

    'backups.list': () => deps.backups.list(),
    'backups.make': () => ({ now: deps.backups.make() }),
    'backups.cancel': async () => {
      await deps.backups.cancel();
      return {};
    },

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
    'dataSources.create': async (input, signal, caller) => {
      const created = dataSources.create(input, caller);
      if (created.entry === 'manual') await deps.manualItems.setFields(created.id, [], caller, signal);
      return { dataSource: dataSources.get(created.id) };
    },
    'dataSources.rename': ({ id, name }, _signal, caller) => ({
      dataSource: dataSources.update(id, { name }, caller),
    }),
    'dataSources.update': ({ id, ...change }, _signal, caller) => ({
      dataSource: dataSources.update(id, change, caller),
    }),
    'dataSources.pause': ({ id }, _signal, caller) => ({ dataSource: care.pause(id, caller) }),
    'dataSources.resume': ({ id }, _signal, caller) => ({ dataSource: care.resume(id, caller) }),
    'dataSources.rotateUrl': (input, _signal, caller) => ({ dataSource: care.rotateUrl(input, caller) }),
    'dataSources.delete': ({ id }, _signal, caller) => care.delete(id, caller),
    'dataSources.undoDelete': ({ id }, _signal, caller) => ({ dataSource: care.undoDelete(id, caller) }),
    'dataSources.activity': ({ id, span }) => ({ activity: deps.activity(id, span) }),
    'dataSources.drift': ({ id }) => {
      dataSources.require(id);
      return { drifts: deps.drift.list(id) };
    },
    'dataSources.acceptDrift': ({ id, row, eventType }) => {
      dataSources.require(id);
      deps.drift.accept(id, row, eventType);
      return {};
    },
    'dataSources.sendTest': ({ id, connectionId }, signal) => deps.sendTest(id, connectionId, signal),

    'connections.verification': ({ id }) => ({ verification: verifications.get(id) }),
    'connections.setVerification': ({ id, scheme }, _signal, caller) => ({
      verification: verifications.setScheme(id, scheme, caller),
    }),
    'connections.setSecret': (input, _signal, caller) => ({
      verification: verifications.setSecret(input, caller),
    }),
    'connections.removeSecret': ({ id, secretId }, _signal, caller) => ({
      verification: verifications.removeSecret(id, secretId, caller),
    }),
    'connections.receiving': ({ id }) => deps.receiving.get(id),
    'connections.setReceiving': ({ id, receiving }, _signal, caller) =>
      deps.receiving.set(id, receiving, caller),
    'connections.probe': async ({ id }, signal) => ({ results: await deps.probeEndpoint(id, signal) }),
    'receiver.missedCalls': () => ({ missed: deps.missedCalls.list() }),

    'captures.get': ({ id }) => ({ capture: captures.get(id) }),
    'captures.body': async ({ id }) => ({ base64: Buffer.from(await captures.body(id)).toString('base64') }),
    'captures.view': async ({ id, unwrap }, signal) => ({ view: await captures.view(id, signal, unwrap) }),
    'captures.needingAttention': (input) => {
      dataSources.require(input.dataSourceId);
      return captures.needingAttention(input);
    },
    'captures.find': ({ id, text, after, unwrap }, signal) =>
      captures.find(id, text, after ?? 0, signal, unwrap),
    'captures.value': ({ id, path }, signal) => captures.value(id, path, signal),
    'captures.children': ({ id, path, offset, limit, unwrap }, signal) =>
      captures.children(id, path, offset, limit ?? childrenAtOnce, signal, unwrap),
    'captures.wait': async (input, signal) => ({ capture: await deps.waitForCapture(input, signal) }),

    'mapping.get': ({ dataSourceId }) => mappings.get(dataSourceId),
    'mapping.keepDraft': ({ dataSourceId, mapping, basedOn }) =>
      mappings.keepDraft(dataSourceId, mapping, basedOn),
    'mapping.preview': (input, signal) => mappings.preview(input, signal),
    'mapping.save': (input, signal, caller) => mappings.save(input, signal, caller),
    'mapping.cancelIndexing': ({ dataSourceId }) => mappings.cancelIndexing(dataSourceId),
    'mapping.suggest': ({ dataSourceId, mapping }) => {
      dataSources.require(dataSourceId);
      return recentCalls.suggest(dataSourceId, mapping ?? {});
    },
    'mapping.paths': ({ dataSourceId, row, prefix, mapping }) => {
      dataSources.require(dataSourceId);
      return recentCalls.paths(dataSourceId, { mapping: mapping ?? {}, row, prefix });
    },
    'mapping.coverage': ({ dataSourceId, mapping, last }, signal) => {
      dataSources.require(dataSourceId);
      return recentCalls.coverage(dataSourceId, mapping, last ?? callsCovered, signal);
    },
    'mapping.dryRun': (input, signal) => {
      dataSources.require(input.dataSourceId);
      return dryRun(input, signal);
    },

    'items.list': (input, signal) => {
      dataSources.require(input.dataSourceId);
      return itemLists.list(input, signal);
    },
    'items.view': ({ dataSourceId }) => {
      dataSources.require(dataSourceId);
      return itemLists.view(dataSourceId);
    },
    'items.keepView': ({ dataSourceId, columns }) => {
      dataSources.require(dataSourceId);
      itemLists.keepView(dataSourceId, columns);
      return {};
    },
    'items.export': (input, signal) => {
      dataSources.require(input.dataSourceId);
      return deps.itemDownloads.exportPage(input, signal);
    },
    'items.download': (input) => deps.itemDownloads.ticketFor(input),
    'items.cancelDownload': ({ ticket }) => {
      deps.downloads.cancel(ticket);
      return {};
    },
    'items.get': ({ id }) => items.get(id),

    'retention.get': ({ dataSourceId }) => ({ retention: retention.get(dataSourceId) }),
    'retention.set': ({ dataSourceId, rules }, _signal, caller) => ({
      retention: retention.set(dataSourceId, rules, caller),
    }),
    'retention.preview': async ({ dataSourceId, rules }, signal) => ({
      preview: await retention.preview(dataSourceId, rules, signal),
    }),

    'audit.list': (input) => audit.list(input),
    'audit.export': (input, signal) => audit.exportCsv(input, signal),

    'items.setFields': async ({ dataSourceId, fields }, signal, caller) => ({
      fields: await deps.manualItems.setFields(dataSourceId, fields, caller, signal),
    }),
    'items.add': async (input, signal, caller) => ({
      item: await deps.manualItems.add(input, caller, signal),
    }),
    'items.edit': async (input, signal, caller) => ({
      item: await deps.manualItems.edit(input, caller, signal),
    }),
    'items.remove': async ({ id }, signal) => ({ removal: await deps.manualItems.remove(id, signal) }),
    'items.removeSeveral': ({ ids }, signal) => deps.manualItems.removeSeveral(ids, signal),
    'items.restore': async ({ removal }, signal) => {
      await deps.manualItems.restore(removal, signal);
      return {};
    },

    'imports.begin': async (input) => ({ import: await imports.begin(input) }),
    'imports.append': async ({ id, offset, base64 }) => ({
      received: await imports.append(id, offset, Buffer.from(base64, 'base64')),
    }),
    'imports.check': async ({ id, options }) => ({ import: await imports.check(id, options ?? {}) }),
    'imports.finish': async ({ id, options }, _signal, caller) => ({
      import: await imports.finish(id, options, caller),
    }),
    'imports.cancel': async ({ id }) => ({ import: await imports.cancel(id) }),
    'imports.get': ({ id }) => ({ import: imports.get(id) }),
    'imports.list': ({ dataSourceId }) => ({ imports: imports.list(dataSourceId) }),
    'imports.faults': (input, signal) => deps.importFaults.page(input, signal),
    'imports.faultsFile': ({ id }, signal) => deps.importFaults.file(id, signal),

    'tunnel.start': async () => ({ tunnel: await tunnel.start() }),
    'tunnel.stop': async () => ({ tunnel: await tunnel.stop() }),
    'tunnel.programs': async () => ({ programs: await tunnel.programs() }),
    'tunnel.setToken': ({ token }) => {
      tunnel.setToken(token);
      return {};
    },
    'tunnel.history': () => tunnel.history(),
    'tunnel.addressCards': () => ({ cards: tunnel.cards.list() }),
    'tunnel.tickAddressCard': ({ connectionId }) => {
      tunnel.cards.tick(connectionId);
      return {};
    },
  } satisfies Partial<Handlers>;
}
