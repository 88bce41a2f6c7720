// Puts together the outbound side: further connections, their outgoing configuration, and the one way in which calls leave.
import type { Sources } from './assemble-sources.ts';
import type { RecordAudit } from './audit/audit.ts';
import type { Changes } from './changes.ts';
import { createConnectionCare } from './data-sources/connection-care.ts';
import type { Addresses } from './data-sources/data-sources.ts';
import { createCallConnection } from './outbound/call-connection.ts';
import { createOAuthTokens } from './outbound/oauth-tokens.ts';
import { createOutgoing } from './outbound/outgoing.ts';
import { createOutgoingHandlers } from './outbound/outgoing-handlers.ts';
import { createOutgoingTable } from './outbound/outgoing-table.ts';
import { createSendRequest } from './outbound/send-request.ts';
import type { Database } from './store/database.ts';

export function assembleOutbound(deps: {
  database: Database;
  changes: Changes;
  recordAudit: RecordAudit;
  addresses: Pick<Addresses, 'local' | 'public'>;
  sources: Pick<Sources, 'dataSourcesTable' | 'inbound' | 'dataSources' | 'vault' | 'rates'>;
  /** Names of what calls a connection; `isFirst`: what names none, too. */
  usesOf(connection: { id: string; dataSourceId: string; isFirst: boolean }): string[];
}) {
  const { database, changes, recordAudit, addresses } = deps;
  const { dataSourcesTable, inbound, dataSources, vault, rates } = deps.sources;
  const sendRequest = createSendRequest();
  const tokens = createOAuthTokens({ sendRequest });
  const table = createOutgoingTable(database);
  const outgoing = createOutgoing({
    database,
    table,
    vault,
    dataSources,
    sendRequest,
    tokens,
    changes,
    recordAudit,
  });
  const care = createConnectionCare({
    database,
    table: dataSourcesTable,
    inbound,
    dataSources,
    changes,
    recordAudit,
    usesOf: deps.usesOf,
    onRemove: table.drop,
    onRemoved(connectionId) {
      outgoing.forget(connectionId);
      rates.forget(connectionId);
    },
  });
  const callConnection = createCallConnection({
    opened: outgoing.opened,
    sendRequest,
    tokens,
    own: addresses,
  });
  return {
    sendRequest,
    outgoing,
    callConnection,
    /** Where the calls of a connection go; undefined where no outgoing configuration is saved. */
    baseUrlOf: (connectionId: string): string | undefined => outgoing.opened(connectionId)?.settings.baseUrl,
    handlers: createOutgoingHandlers({ care, outgoing }),
  };
}

export type OutboundParts = ReturnType<typeof assembleOutbound>;
