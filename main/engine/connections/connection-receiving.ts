// Where facts of the calls of a connection stand, what it answers to valid calls, its rate and its size limit. The store decides first, then the receiver's memory follows.
import {
  type AuditChange,
  type BroughtFacts,
  type Caller,
  type OwnAnswer,
  ProblemError,
  type Receiving,
  type RefusedByRate,
} from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import type { DataSources, InboundConnection } from '../data-sources/data-sources.ts';
import type { DataSourcesTable } from '../data-sources/data-sources-table.ts';
import { compilePath } from '../mapping/compile-path.ts';
import type { CallRates } from '../receiver/call-rates.ts';
import { type Database, transact } from '../store/database.ts';

export function createConnectionReceiving(deps: {
  database: Database;
  table: DataSourcesTable;
  dataSources: DataSources;
  catalog: Catalog;
  rates: CallRates;
  changes: Changes;
  recordAudit: RecordAudit;
  /** The event type of its calls stands elsewhere from now on. */
  onEventTypeMoved(connection: InboundConnection): void;
}) {
  const { database, table, dataSources, catalog, rates, changes, recordAudit } = deps;

  /** Throws `connection.missing`. */
  function get(id: string): {
    receiving: Receiving;
    brings: BroughtFacts;
    refused: RefusedByRate | undefined;
  } {
    const { receiving, applicationId } = dataSources.connection(id);
    const definition = applicationId === undefined ? undefined : catalog.definition(applicationId);
    const brings = {
      eventType: definition?.eventType !== undefined,
      deliveryId: definition?.deliveryId !== undefined,
    };
    return { receiving, brings, refused: rates.refused(id) };
  }

  return {
    get,

    /** Throws `connection.missing`, and `input.invalid` for a path that cannot be read. */
    set(id: string, receiving: Receiving, via: Caller): ReturnType<typeof get> {
      const connection = dataSources.connection(id);
      const { dataSourceId } = connection;
      for (const fact of ['eventTypeAt', 'deliveryIdAt'] as const) checkPath(fact, receiving[fact]);
      const told = describeChange(connection.receiving, receiving);
      if (told.length === 0) return get(id);
      transact(database, () => {
        table.setReceiving(id, JSON.stringify(receiving));
        recordAudit({ dataSourceId, action: 'receivingChanged', via, changes: told });
      });
      if (receiving.callsPerMinute !== connection.receiving.callsPerMinute) rates.forget(id);
      const hasMoved = receiving.eventTypeAt !== connection.receiving.eventTypeAt;
      connection.receiving = receiving;
      if (hasMoved) deps.onEventTypeMoved(connection);
      changes.tell('connections.changed', { id, dataSourceId });
      return get(id);
    },
  };
}

export type ConnectionReceiving = ReturnType<typeof createConnectionReceiving>;

function checkPath(fact: 'eventTypeAt' | 'deliveryIdAt', path: string | undefined): void {
  if (path === undefined) return;
  const compiled = compilePath(path);
  if (compiled.ok) return;
  throw new ProblemError(
    'input.invalid',
    `${compiled.message} (character ${(compiled.position + 1).toLocaleString('en')})`,
    { path: `receiving.${fact}` },
  );
}

/** Without the texts of headers and body: people put anything into them. */
function describeChange(before: Receiving, after: Receiving): AuditChange[] {
  const change = (what: string, from: string, to: string): AuditChange[] =>
    from === to ? [] : [{ what, from, to }];
  const sameAnswer = JSON.stringify(before.answer) === JSON.stringify(after.answer);
  return [
    ...change('event type at', before.eventTypeAt ?? 'nowhere', after.eventTypeAt ?? 'nowhere'),
    ...change('delivery id at', before.deliveryIdAt ?? 'nowhere', after.deliveryIdAt ?? 'nowhere'),
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
