// Data sources and their connections: made, named, listed; knows which connection a token of a webhook URL belongs to.
import {
  type AuditChange,
  type Caller,
  type Connection,
  type DataSource,
  type DataSourceEntry,
  type DataSourceKind,
  type DataSourceStatus,
  ProblemError,
  type Reach,
} from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import { createId, createToken } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { ConnectionRow, DataSourceRow, DataSourcesTable } from './data-sources-table.ts';
import type { InboundConnection, InboundConnections } from './inbound-connections.ts';

export type { InboundConnection } from './inbound-connections.ts';

export interface Addresses {
  /** `http://127.0.0.1:4870` */
  local(): string;
  /** The public address while the tunnel is up. */
  public(): string | undefined;
  /** From where the receiver can be called, as far as a check has shown it. */
  reach(): Reach;
}

export const inboundPath = '/in/';

export function createDataSources(deps: {
  database: Database;
  table: DataSourcesTable;
  inbound: InboundConnections;
  catalog: Catalog;
  changes: Changes;
  addresses: Addresses;
  recordAudit: RecordAudit;
}) {
  const { database, table, inbound, catalog, changes, addresses, recordAudit } = deps;

  const states = new Map(table.states().map((row) => [row.id, row]));
  for (const row of table.connections()) {
    const source = states.get(row.data_source_id);
    inbound.add(row, {
      applicationId: source?.application_id ?? undefined,
      state: source?.deleted_at ? 'deleted' : source?.paused_at ? 'paused' : 'live',
    });
  }
  for (const row of table.formerTokens(Date.now())) inbound.addFormer(row);

  function toConnection(row: ConnectionRow): Connection {
    const localUrl = `${addresses.local()}${inboundPath}${row.token}`;
    const publicBase = addresses.public();
    const publicUrl = publicBase && `${publicBase}${inboundPath}${row.token}`;
    const formerUntil = inbound.formerUntil(row.id);
    return {
      id: row.id,
      name: row.name,
      inboundUrl: publicUrl ?? localUrl,
      localUrl,
      publicUrl,
      reach: addresses.reach(),
      formerUrlUntil: formerUntil === undefined ? undefined : new Date(formerUntil).toISOString(),
    };
  }

  function toDataSource(row: DataSourceRow): DataSource {
    const application = row.application_id ? catalog.get(row.application_id) : undefined;
    return {
      id: row.id,
      kind: row.kind,
      entry: row.entry,
      name: row.name,
      description: row.description,
      applicationId: row.application_id ?? undefined,
      applicationName: application?.name,
      icon: application?.icon,
      status: statusOf(row),
      createdAt: new Date(row.created_at).toISOString(),
      pausedAt: row.paused_at === null ? undefined : new Date(row.paused_at).toISOString(),
      lastReceivedAt:
        row.last_received_at === null ? undefined : new Date(row.last_received_at).toISOString(),
      counts: {
        captures: row.capture_count,
        rejected: row.rejected_count,
        handshakes: row.handshake_count,
        items: row.item_count,
        waiting: row.waiting_count,
        needsAttention: row.attention_count,
        drifts: row.drift_count,
        modules: row.module_count,
      },
      hasMapping: row.has_mapping === 1,
      connections: inbound.rows(row.id).map(toConnection),
    };
  }

  function rowOf(id: string): DataSourceRow {
    const row = table.get(id);
    if (!row) {
      throw new ProblemError(
        'dataSource.missing',
        'This data source does not exist. It may have been deleted.',
        {
          path: 'id',
        },
      );
    }
    return row;
  }

  function get(id: string): DataSource {
    const row = rowOf(id);
    return { ...toDataSource(row), notes: row.notes };
  }

  return {
    list: (): DataSource[] => table.list().map(toDataSource),
    get,
    /** Throws `dataSource.missing`. */
    require: (id: string): void => void rowOf(id),
    byToken: inbound.byToken,
    /** Undefined where it was removed, or its data source was deleted. */
    findConnection: inbound.byId,
    /** Throws `connection.missing`. */
    connection(id: string): InboundConnection {
      const found = inbound.byId(id);
      if (!found) {
        throw new ProblemError(
          'connection.missing',
          'This connection does not exist. Its data source may have been deleted.',
          { path: 'id' },
        );
      }
      return found;
    },

    create(
      input: {
        kind: DataSourceKind;
        entry?: DataSourceEntry | undefined;
        applicationId?: string | undefined;
        name: string;
      },
      via: Caller,
    ): DataSource {
      if (input.applicationId !== undefined && !catalog.get(input.applicationId)) {
        throw new ProblemError(
          'application.missing',
          `The catalog has no application "${input.applicationId}". Choose one from applications.list, or leave it out for a custom source.`,
          { path: 'applicationId' },
        );
      }
      const now = Date.now();
      const id = createId('ds', now);
      const connection: ConnectionRow = {
        id: createId('con', now),
        data_source_id: id,
        name: input.name,
        token: createToken(),
        created_at: now,
        receiving: '{}',
      };
      transact(database, () => {
        table.create(
          {
            id,
            kind: input.kind,
            entry: input.entry ?? 'external',
            name: input.name,
            application_id: input.applicationId ?? null,
            created_at: now,
          },
          connection,
        );
        recordAudit({
          dataSourceId: id,
          action: 'created',
          via,
          changes: [{ what: 'name', to: input.name }],
        });
      });
      inbound.add(connection, { applicationId: input.applicationId, state: 'live' });
      changes.tell('dataSources.changed', { id });
      return get(id);
    },

    /** Notes are told in the audit log without their text: people write anything into them. */
    update(
      id: string,
      change: { name?: string | undefined; description?: string | undefined; notes?: string | undefined },
      via: Caller,
    ): DataSource {
      const row = rowOf(id);
      const { name = row.name, description = row.description, notes = row.notes } = change;
      const described: AuditChange[] = [
        ...(description === row.description
          ? []
          : [{ what: 'description', from: row.description, to: description }]),
        ...(notes === row.notes ? [] : [{ what: 'notes' }]),
      ];
      if (name === row.name && described.length === 0) return get(id);
      transact(database, () => {
        if (name !== row.name) {
          const renamed = [{ what: 'name', from: row.name, to: name }];
          recordAudit({ dataSourceId: id, action: 'renamed', via, changes: renamed });
        }
        if (described.length > 0) {
          recordAudit({ dataSourceId: id, action: 'described', via, changes: described });
        }
        table.describe(id, { name, description, notes });
      });
      changes.tell('dataSources.changed', { id });
      return get(id);
    },
  };
}

export type DataSources = ReturnType<typeof createDataSources>;

/** Paused counts first, because then nothing else can happen. Errors are current ones: the newest call was refused, or calls lack an id under the live mapping, or the id's path drifts. */
function statusOf(row: DataSourceRow): DataSourceStatus {
  if (row.paused_at !== null) return 'paused';
  // What is typed in by hand waits for no call.
  if (row.entry === 'manual') return row.attention_count > 0 ? 'errors' : 'ready';
  if (row.last_outcome === null) return 'waitingForFirstCall';
  if (row.last_outcome === 'rejected' || row.attention_count > 0 || row.id_drift_count > 0) return 'errors';
  return row.has_mapping === 1 ? 'listening' : 'needsMapping';
}
