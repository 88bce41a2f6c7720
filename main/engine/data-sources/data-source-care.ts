// What happens to a data source after it was made: paused, resumed, its URL rotated, deleted with a time to undo. The
// store decides first, then the receiver's memory follows.
import { type Caller, type CallOutput, type DataSource, ProblemError } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import { createToken } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import type { DataSources } from './data-sources.ts';
import type { DataSourcesTable } from './data-sources-table.ts';
import type { InboundConnections } from './inbound-connections.ts';

/** How long the former address of a rotated URL is answered by choice. */
const formerUrlMs = 24 * 60 * 60 * 1000;
/** After the time to undo, as much again waits in case the undo is on its way. */
const lateUndo = 0.2;

export function createDataSourceCare(deps: {
  database: Database;
  table: DataSourcesTable;
  inbound: InboundConnections;
  dataSources: DataSources;
  changes: Changes;
  recordAudit: RecordAudit;
  /** How long a deletion can be undone. */
  undoMs: number;
  /** A data source may be removed after this time. */
  onDeleted(removeAt: number): void;
}) {
  const { database, table, inbound, dataSources, changes, recordAudit, undoMs } = deps;
  const removeAt = (deletedAt: number) => deletedAt + undoMs * (1 + lateUndo);

  function setPaused(id: string, paused: boolean, via: Caller): DataSource {
    const source = dataSources.get(id);
    if ((source.pausedAt !== undefined) === paused) return source;
    transact(database, () => {
      table.setPaused(id, paused ? Date.now() : undefined);
      recordAudit({ dataSourceId: id, action: paused ? 'paused' : 'resumed', via });
    });
    inbound.setState(id, paused ? 'paused' : 'live');
    changes.tell('dataSources.changed', { id });
    return dataSources.get(id);
  }

  return {
    pause: (id: string, via: Caller): DataSource => setPaused(id, true, via),
    resume: (id: string, via: Caller): DataSource => setPaused(id, false, via),

    rotateUrl(
      input: { id: string; connectionId?: string | undefined; keepFormer?: boolean | undefined },
      via: Caller,
    ): DataSource {
      dataSources.require(input.id);
      const rows = inbound.rows(input.id);
      const row =
        input.connectionId === undefined ? rows[0] : rows.find(({ id }) => id === input.connectionId);
      if (!row) {
        throw new ProblemError('dataSource.missing', 'This data source has no such connection.', {
          path: 'connectionId',
        });
      }
      const token = createToken();
      const keptUntil = input.keepFormer ? Date.now() + formerUrlMs : undefined;
      transact(database, () => {
        table.rotate(row, token, keptUntil);
        const what = 'former URL';
        const to = keptUntil === undefined ? 'ended at once' : `ends ${new Date(keptUntil).toISOString()}`;
        recordAudit({ dataSourceId: input.id, action: 'urlRotated', via, changes: [{ what, to }] });
      });
      inbound.rotate(row, token, keptUntil);
      changes.tell('dataSources.changed', { id: input.id });
      return dataSources.get(input.id);
    },

    delete(id: string, via: Caller): CallOutput<'dataSources.delete'> {
      const { counts } = dataSources.get(id);
      const now = Date.now();
      transact(database, () => {
        const gone = [
          { what: 'calls', from: String(counts.captures) },
          { what: 'items', from: String(counts.items) },
        ];
        recordAudit({ dataSourceId: id, action: 'deleted', via, changes: gone });
        table.setDeleted(id, now);
      });
      inbound.setState(id, 'deleted');
      changes.tell('dataSources.changed', { id });
      changes.tell('status.changed', {});
      deps.onDeleted(removeAt(now));
      return {
        undoUntil: new Date(now + undoMs).toISOString(),
        captures: counts.captures,
        items: counts.items,
      };
    },

    /** Throws `dataSource.missing` once the removal has begun. */
    undoDelete(id: string, via: Caller): DataSource {
      const row = table.deleted().find((each) => each.id === id);
      if (!row?.deleted_at || removeAt(row.deleted_at) <= Date.now()) {
        throw new ProblemError(
          'dataSource.missing',
          'This data source cannot be brought back: the time to undo is over.',
          { path: 'id' },
        );
      }
      transact(database, () => {
        table.setDeleted(id, undefined);
        recordAudit({ dataSourceId: id, action: 'restored', via });
      });
      const source = dataSources.get(id);
      inbound.setState(id, source.pausedAt === undefined ? 'live' : 'paused');
      changes.tell('dataSources.changed', { id });
      changes.tell('status.changed', {});
      return source;
    },

    /** Deleted data sources with the time from which each may be removed. */
    deleted: (): { id: string; removeAt: number }[] =>
      table.deleted().map(({ id, deleted_at }) => ({ id, removeAt: removeAt(deleted_at ?? 0) })),
  };
}

export type DataSourceCare = ReturnType<typeof createDataSourceCare>;
