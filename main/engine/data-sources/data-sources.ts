// Data sources and their connections: made, named, listed; knows which connection a token of a webhook URL belongs to.
import {
  type Connection,
  type DataSource,
  type DataSourceKind,
  type DataSourceStatus,
  ProblemError,
} from '#contract';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import { createId, createToken } from '../ids.ts';
import type { Database } from '../store/database.ts';
import { type ConnectionRow, createDataSourcesTable, type DataSourceRow } from './data-sources-table.ts';

export interface Addresses {
  /** `http://127.0.0.1:4870` */
  local(): string;
  /** The public address while the tunnel is up. */
  public(): string | undefined;
}

/** What the receiver needs to know of a connection. */
export interface InboundConnection {
  id: string;
  dataSourceId: string;
  applicationId: string | undefined;
}

export const inboundPath = '/in/';

export function createDataSources(deps: {
  database: Database;
  catalog: Catalog;
  changes: Changes;
  addresses: Addresses;
}) {
  const { catalog, changes, addresses } = deps;
  const table = createDataSourcesTable(deps.database);
  const byToken = new Map<string, InboundConnection>();
  const bySource = new Map<string, ConnectionRow[]>();

  const applicationOf = new Map(table.list().map((row) => [row.id, row.application_id ?? undefined]));
  for (const row of table.connections()) remember(row);

  function remember(row: ConnectionRow): void {
    byToken.set(row.token, {
      id: row.id,
      dataSourceId: row.data_source_id,
      applicationId: applicationOf.get(row.data_source_id),
    });
    bySource.set(row.data_source_id, [...(bySource.get(row.data_source_id) ?? []), row]);
  }

  function toConnection(row: ConnectionRow): Connection {
    const localUrl = `${addresses.local()}${inboundPath}${row.token}`;
    const publicBase = addresses.public();
    const publicUrl = publicBase && `${publicBase}${inboundPath}${row.token}`;
    return {
      id: row.id,
      name: row.name,
      inboundUrl: publicUrl ?? localUrl,
      localUrl,
      publicUrl,
      reach: publicUrl ? 'internet' : 'computer',
    };
  }

  function toDataSource(row: DataSourceRow): DataSource {
    const application = row.application_id ? catalog.get(row.application_id) : undefined;
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      applicationId: row.application_id ?? undefined,
      applicationName: application?.name,
      icon: application?.icon,
      status: statusOf(row),
      createdAt: new Date(row.created_at).toISOString(),
      lastReceivedAt:
        row.last_received_at === null ? undefined : new Date(row.last_received_at).toISOString(),
      counts: {
        captures: row.capture_count,
        rejected: row.rejected_count,
        handshakes: row.handshake_count,
        items: row.item_count,
        waiting: row.waiting_count,
        needsAttention: row.attention_count,
      },
      hasMapping: row.has_mapping === 1,
      connections: (bySource.get(row.id) ?? []).map(toConnection),
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

  return {
    list: (): DataSource[] => table.list().map(toDataSource),
    get: (id: string): DataSource => toDataSource(rowOf(id)),
    /** Throws `dataSource.missing`. */
    require: (id: string): void => void rowOf(id),
    byToken: (token: string): InboundConnection | undefined => byToken.get(token),
    tokens: (id: string): string[] => (bySource.get(id) ?? []).map((row) => row.token),

    create(input: { kind: DataSourceKind; applicationId?: string | undefined; name: string }): DataSource {
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
      };
      table.create(
        {
          id,
          kind: input.kind,
          name: input.name,
          application_id: input.applicationId ?? null,
          created_at: now,
        },
        connection,
      );
      applicationOf.set(id, input.applicationId);
      remember(connection);
      changes.tell('dataSources.changed', { id });
      return toDataSource(rowOf(id));
    },

    rename(id: string, name: string): DataSource {
      rowOf(id);
      table.rename(id, name);
      changes.tell('dataSources.changed', { id });
      return toDataSource(rowOf(id));
    },
  };
}

export type DataSources = ReturnType<typeof createDataSources>;

/** Errors are current ones: the newest call was refused, or calls lack an id under the live mapping. */
function statusOf(row: DataSourceRow): DataSourceStatus {
  if (row.last_outcome === null) return 'waitingForFirstCall';
  if (row.last_outcome === 'rejected' || row.attention_count > 0) return 'errors';
  return row.has_mapping === 1 ? 'listening' : 'needsMapping';
}
