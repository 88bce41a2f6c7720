// Further connections of a data source: added, named, removed. The store decides first, then the receiver's memory follows.
import { type Caller, type DataSource, ProblemError } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import { createId, createToken } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { DataSources } from './data-sources.ts';
import type { ConnectionRow, DataSourcesTable } from './data-sources-table.ts';
import type { InboundConnections } from './inbound-connections.ts';

const mostConnections = 50;

export function createConnectionCare(deps: {
  database: Database;
  table: DataSourcesTable;
  inbound: InboundConnections;
  dataSources: DataSources;
  changes: Changes;
  recordAudit: RecordAudit;
  /** Names of actions and modules that call it; `isFirst`: those too that name no connection. */
  usesOf(connection: { id: string; dataSourceId: string; isFirst: boolean }): string[];
  /** Called inside the transaction that removes it. */
  onRemove(connectionId: string): void;
  /** Called after it. */
  onRemoved(connectionId: string): void;
}) {
  const { database, table, inbound, dataSources, changes, recordAudit } = deps;

  function rowOf(id: string): ConnectionRow {
    const { dataSourceId } = dataSources.connection(id);
    const row = inbound.rows(dataSourceId).find((each) => each.id === id);
    if (!row) throw new Error(`the connection ${id} has no row`);
    return row;
  }

  function told(row: Pick<ConnectionRow, 'id' | 'data_source_id'>): DataSource {
    changes.tell('connections.changed', { id: row.id, dataSourceId: row.data_source_id });
    changes.tell('dataSources.changed', { id: row.data_source_id });
    return dataSources.get(row.data_source_id);
  }

  return {
    /** Throws `dataSource.missing`, and `connection.inUse` where there are too many. */
    add(dataSourceId: string, name: string, via: Caller): { dataSource: DataSource; connectionId: string } {
      const source = dataSources.get(dataSourceId);
      if (source.connections.length >= mostConnections) {
        throw new ProblemError('input.invalid', `A data source has at most ${mostConnections} connections.`, {
          path: 'dataSourceId',
        });
      }
      const now = Date.now();
      const row: ConnectionRow = {
        id: createId('con', now),
        data_source_id: dataSourceId,
        name,
        token: createToken(),
        created_at: now,
        receiving: '{}',
      };
      transact(database, () => {
        table.addConnection(row);
        recordAudit({
          dataSourceId,
          action: 'connectionAdded',
          via,
          changes: [{ what: 'connection', to: name }],
        });
      });
      inbound.add(row, {
        applicationId: source.applicationId,
        state: source.pausedAt === undefined ? 'live' : 'paused',
      });
      return { dataSource: told(row), connectionId: row.id };
    },

    /** Throws `connection.missing`. */
    rename(id: string, name: string, via: Caller): DataSource {
      const row = rowOf(id);
      if (row.name === name) return dataSources.get(row.data_source_id);
      transact(database, () => {
        table.renameConnection(id, name);
        const changes = [{ what: 'connection', from: row.name, to: name }];
        recordAudit({ dataSourceId: row.data_source_id, action: 'connectionRenamed', via, changes });
      });
      inbound.rename(row, name);
      return told(row);
    },

    /** Throws `connection.missing`, and `connection.inUse` for the only one and while it is called. */
    remove(id: string, via: Caller): DataSource {
      const row = rowOf(id);
      const { data_source_id: dataSourceId } = row;
      const rows = inbound.rows(dataSourceId);
      if (rows.length === 1) {
        throw new ProblemError(
          'connection.inUse',
          'A data source keeps at least one connection. Add another one first, or delete the data source.',
          { path: 'id' },
        );
      }
      const uses = deps.usesOf({ id, dataSourceId, isFirst: rows[0]?.id === id });
      if (uses.length > 0) {
        const named = uses
          .slice(0, 3)
          .map((name) => `«${name}»`)
          .join(', ');
        const more = uses.length > 3 ? ` and ${uses.length - 3} more` : '';
        throw new ProblemError(
          'connection.inUse',
          `This connection is called by ${named}${more}. Choose another connection there first.`,
          { path: 'id' },
        );
      }
      transact(database, () => {
        table.removeConnection(id, Date.now());
        deps.onRemove(id);
        recordAudit({
          dataSourceId,
          action: 'connectionRemoved',
          via,
          changes: [{ what: 'connection', from: row.name }],
        });
      });
      inbound.remove(row);
      deps.onRemoved(id);
      return told(row);
    },
  };
}

export type ConnectionCare = ReturnType<typeof createConnectionCare>;
