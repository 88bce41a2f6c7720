// What a connection answers to valid calls, its rate and its size limit. The store decides first, then the receiver's memory follows.
import type { AuditChange, Caller, OwnAnswer, Receiving, RefusedByRate } from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { DataSourcesTable } from '../data-sources/data-sources-table.ts';
import type { CallRates } from '../receiver/call-rates.ts';
import { type Database, transact } from '../store/database.ts';

export function createConnectionReceiving(deps: {
  database: Database;
  table: DataSourcesTable;
  dataSources: DataSources;
  rates: CallRates;
  changes: Changes;
  recordAudit: RecordAudit;
}) {
  const { database, table, dataSources, rates, changes, recordAudit } = deps;

  /** Throws `connection.missing`. */
  function get(id: string): { receiving: Receiving; refused: RefusedByRate | undefined } {
    return { receiving: dataSources.connection(id).receiving, refused: rates.refused(id) };
  }

  return {
    get,

    /** Throws `connection.missing`. */
    set(id: string, receiving: Receiving, via: Caller): ReturnType<typeof get> {
      const connection = dataSources.connection(id);
      const { dataSourceId } = connection;
      const told = describeChange(connection.receiving, receiving);
      if (told.length === 0) return get(id);
      transact(database, () => {
        table.setReceiving(id, JSON.stringify(receiving));
        recordAudit({ dataSourceId, action: 'receivingChanged', via, changes: told });
      });
      if (receiving.callsPerMinute !== connection.receiving.callsPerMinute) rates.forget(id);
      connection.receiving = receiving;
      changes.tell('connections.changed', { id, dataSourceId });
      return get(id);
    },
  };
}

export type ConnectionReceiving = ReturnType<typeof createConnectionReceiving>;

/** Without the texts of headers and body: people put anything into them. */
function describeChange(before: Receiving, after: Receiving): AuditChange[] {
  const change = (what: string, from: string, to: string): AuditChange[] =>
    from === to ? [] : [{ what, from, to }];
  const sameAnswer = JSON.stringify(before.answer) === JSON.stringify(after.answer);
  return [
    ...(sameAnswer
      ? []
      : [{ what: 'answer', from: answerText(before.answer), to: answerText(after.answer) }]),
    ...change('calls a minute', rateText(before), rateText(after)),
    ...change('largest body', sizeText(before), sizeText(after)),
  ];
}

const answerText = (answer: OwnAnswer | undefined): string =>
  answer
    ? `${answer.status}, ${answer.headers.length} headers, body of ${answer.body.length} characters`
    : 'the usual one';
const rateText = ({ callsPerMinute }: Receiving): string =>
  callsPerMinute === undefined ? 'no limit' : String(callsPerMinute);
const sizeText = ({ maxBodyBytes }: Receiving): string =>
  maxBodyBytes === undefined ? 'the usual one' : `${maxBodyBytes.toLocaleString('en')} bytes`;
