// Reads the event type of calls that are there already, when the user says where it stands: in the background, newest first.
import { errorFacts, type Log } from '../../log/log.ts';
import type { Captures } from '../captures/captures.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Changes } from '../changes.ts';
import type { InboundConnection } from '../data-sources/data-sources.ts';
import type { GiveWay } from '../give-way.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { type Database, transactRepeatable } from '../store/database.ts';

const mostCalls = 1_000;

export function createEventTypesOfHistory(deps: {
  database: Database;
  captures: Pick<Captures, 'sourceOf'>;
  table: Pick<CapturesTable, 'newestAcceptedMany' | 'setEventType'>;
  reader: Pick<PayloadReader, 'check'>;
  changes: Changes;
  giveWay: GiveWay;
  stopping: AbortController;
  log: Log;
}) {
  const { database, captures, table, reader, changes, giveWay, stopping, log } = deps;

  async function read(connection: InboundConnection): Promise<void> {
    const { id, dataSourceId } = connection;
    const path = connection.receiving.eventTypeAt;
    const rows = table.newestAcceptedMany(dataSourceId, mostCalls).filter((row) => row.connection_id === id);
    for (const row of rows) {
      await giveWay();
      // It was set anew meanwhile, and is read anew.
      if (connection.receiving.eventTypeAt !== path) return;
      const source = await captures.sourceOf(row);
      const checked = await reader.check(source, { eventType: path === undefined ? undefined : { path } });
      const eventType = checked.ok ? checked.eventType : undefined;
      if (eventType === (row.event_type ?? undefined)) continue;
      transactRepeatable(database, () => table.setEventType(row.sequence, eventType));
    }
    changes.tell('dataSources.changed', { id: dataSourceId });
  }

  return (connection: InboundConnection): void => {
    read(connection).catch((error: unknown) => {
      if (!stopping.signal.aborted)
        log('error', 'event types of earlier calls were not read', errorFacts(error));
    });
  };
}
