// Which connection a token of a webhook URL belongs to. Kept in memory, because the receiver asks for every call.
import type { Receiving } from '#contract';
import type { ConnectionRow, FormerTokenRow } from './data-sources-table.ts';

/** What the receiver needs to know of a connection. One object a connection: a call under way sees what changes. */
export interface InboundConnection {
  id: string;
  dataSourceId: string;
  applicationId: string | undefined;
  /** live: takes calls · paused: answers 503 and stores nothing · deleted: as if the URL had never been. */
  state: 'live' | 'paused' | 'deleted';
  receiving: Receiving;
}

interface Entry {
  connection: InboundConnection;
  /** Set for the former token of a rotated URL. */
  validUntil?: number;
}

export function createInboundConnections() {
  const byToken = new Map<string, Entry>();
  const bySource = new Map<string, ConnectionRow[]>();
  const byId = new Map<string, InboundConnection>();

  function each(dataSourceId: string): InboundConnection[] {
    return (bySource.get(dataSourceId) ?? []).flatMap(({ id }) => byId.get(id) ?? []);
  }

  function dropTokens(connectionId: string, which: (entry: Entry) => boolean): void {
    for (const [token, entry] of byToken) {
      if (entry.connection.id === connectionId && which(entry)) byToken.delete(token);
    }
  }

  return {
    /** Undefined for unknown, rotated and deleted ones alike. */
    byToken(token: string): InboundConnection | undefined {
      const entry = byToken.get(token);
      if (!entry || entry.connection.state === 'deleted') return undefined;
      if (entry.validUntil !== undefined && entry.validUntil <= Date.now()) {
        byToken.delete(token);
        return undefined;
      }
      return entry.connection;
    },

    /** Undefined for unknown and deleted ones alike. */
    byId(id: string): InboundConnection | undefined {
      const connection = byId.get(id);
      return connection?.state === 'deleted' ? undefined : connection;
    },

    add(row: ConnectionRow, facts: Pick<InboundConnection, 'applicationId' | 'state'>): void {
      const connection = {
        id: row.id,
        dataSourceId: row.data_source_id,
        receiving: JSON.parse(row.receiving) as Receiving,
        ...facts,
      };
      byId.set(row.id, connection);
      byToken.set(row.token, { connection });
      bySource.set(row.data_source_id, [...(bySource.get(row.data_source_id) ?? []), row]);
    },

    addFormer({ token, connection_id, valid_until }: FormerTokenRow): void {
      const connection = byId.get(connection_id);
      if (connection) byToken.set(token, { connection, validUntil: valid_until });
    },

    /** The former token, and those before it, stay as long as `keptUntil` says; without it all of them are unknown now. */
    rotate(row: ConnectionRow, newToken: string, keptUntil: number | undefined): void {
      const connection = byId.get(row.id);
      if (!connection) return;
      if (keptUntil === undefined) dropTokens(row.id, () => true);
      else byToken.set(row.token, { connection, validUntil: keptUntil });
      byToken.set(newToken, { connection });
      const rows = bySource.get(row.data_source_id) ?? [];
      bySource.set(
        row.data_source_id,
        rows.map((each) => (each.id === row.id ? { ...each, token: newToken } : each)),
      );
    },

    rename(row: ConnectionRow, name: string): void {
      const rows = bySource.get(row.data_source_id) ?? [];
      bySource.set(
        row.data_source_id,
        rows.map((each) => (each.id === row.id ? { ...each, name } : each)),
      );
    },

    /** A call under way sees that it is gone; the next ones find no URL. */
    remove(row: ConnectionRow): void {
      const connection = byId.get(row.id);
      if (connection) connection.state = 'deleted';
      dropTokens(row.id, () => true);
      byId.delete(row.id);
      const rows = bySource.get(row.data_source_id) ?? [];
      bySource.set(
        row.data_source_id,
        rows.filter(({ id }) => id !== row.id),
      );
    },

    /** When the last of the former tokens of a connection ends. */
    formerUntil(connectionId: string): number | undefined {
      const ends = [...byToken.values()].flatMap((entry) =>
        entry.connection.id === connectionId && entry.validUntil !== undefined ? entry.validUntil : [],
      );
      const last = Math.max(...ends);
      return last > Date.now() ? last : undefined;
    },

    setState(dataSourceId: string, state: InboundConnection['state']): void {
      for (const connection of each(dataSourceId)) connection.state = state;
    },

    rows: (dataSourceId: string): readonly ConnectionRow[] => bySource.get(dataSourceId) ?? [],

    forget(dataSourceId: string): void {
      for (const { id } of bySource.get(dataSourceId) ?? []) {
        dropTokens(id, () => true);
        byId.delete(id);
      }
      bySource.delete(dataSourceId);
    },
  };
}

export type InboundConnections = ReturnType<typeof createInboundConnections>;
