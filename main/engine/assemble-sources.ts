// Puts the data sources together: their connections, secrets and verification, and the care for them.
import type { RecordAudit } from './audit/audit.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { Changes } from './changes.ts';
import { createConnectionReceiving } from './connections/connection-receiving.ts';
import { createConnectionVerification } from './connections/connection-verification.ts';
import { createDataSourceCare } from './data-sources/data-source-care.ts';
import type { Addresses, InboundConnection } from './data-sources/data-sources.ts';
import { createDataSources } from './data-sources/data-sources.ts';
import { createDataSourcesTable } from './data-sources/data-sources-table.ts';
import { createInboundConnections } from './data-sources/inbound-connections.ts';
import { createCallRates } from './receiver/call-rates.ts';
import { createProbeCalls } from './receiver/probe-calls.ts';
import { createConnectionSecrets } from './secrets/connection-secrets.ts';
import { createConnectionSecretsTable } from './secrets/connection-secrets-table.ts';
import { createVault } from './secrets/vault.ts';
import type { Database } from './store/database.ts';
import { createSignatureChecker } from './verification/signature-checker.ts';

const defaultUndoMs = 10_000;

export function assembleSources(deps: {
  database: Database;
  catalog: Catalog;
  changes: Changes;
  addresses: Addresses;
  recordAudit: RecordAudit;
  vaultKey: Uint8Array | undefined;
  /** How long the deletion of a data source can be undone. */
  undoMs: number | undefined;
  /** A data source goes for good at this time, milliseconds since 1970. */
  onDeleted(at: number): void;
  /** The event type of the calls of a connection stands elsewhere from now on. */
  onEventTypeMoved(connection: InboundConnection): void;
}) {
  const { database, catalog, changes, addresses, recordAudit } = deps;
  const dataSourcesTable = createDataSourcesTable(database);
  const inbound = createInboundConnections();
  const dataSources = createDataSources({
    database,
    table: dataSourcesTable,
    inbound,
    catalog,
    changes,
    addresses,
    recordAudit,
  });
  const care = createDataSourceCare({
    database,
    table: dataSourcesTable,
    inbound,
    dataSources,
    changes,
    recordAudit,
    undoMs: deps.undoMs ?? defaultUndoMs,
    onDeleted: deps.onDeleted,
  });

  const vault = createVault(deps.vaultKey);
  const secretsTable = createConnectionSecretsTable(database);
  const secrets = createConnectionSecrets({ table: secretsTable, vault });
  const verifications = createConnectionVerification({
    database,
    dataSources,
    catalog,
    table: secretsTable,
    secrets,
    vault,
    changes,
    recordAudit,
  });
  const checker = createSignatureChecker();
  const probeCalls = createProbeCalls();
  const rates = createCallRates();
  const receiving = createConnectionReceiving({
    database,
    table: dataSourcesTable,
    dataSources,
    catalog,
    rates,
    changes,
    recordAudit,
    onEventTypeMoved: deps.onEventTypeMoved,
  });

  return {
    dataSourcesTable,
    inbound,
    dataSources,
    care,
    vault,
    secrets,
    verifications,
    checker,
    probeCalls,
    rates,
    receiving,
  };
}

export type Sources = ReturnType<typeof assembleSources>;
