// How the calls of each connection are verified: by the application's schemes or the one that the user chose, with the secrets that are
// set. Gives the receiver what it checks with, and the screens everything but the secrets themselves.
import {
  type AuditChange,
  type Caller,
  type ChosenScheme,
  type ConnectionVerification,
  chosenScheme,
  ProblemError,
  type SecretPurpose,
  type VerificationState,
} from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import type { DataSources, InboundConnection } from '../data-sources/data-sources.ts';
import type { ConnectionSecrets, OpenedSecrets } from '../secrets/connection-secrets.ts';
import type { ConnectionSecretsTable } from '../secrets/connection-secrets-table.ts';
import type { Vault } from '../secrets/vault.ts';
import { type Database, transact } from '../store/database.ts';
import { chosenSchemeText, schemesOf } from '../verification/chosen-scheme.ts';
import { isCheckable, secretFault } from '../verification/secret-fault.ts';
import type { SignatureScheme } from '../verification/signature-scheme.ts';

export interface LiveVerification extends OpenedSecrets {
  schemes: readonly SignatureScheme[];
}

const secretNames: Record<SecretPurpose, string> = { signature: 'secret', verifyToken: 'verify token' };

/** Handshakes that are answered with the signing secret. */
const secretHandshakes = new Set(['hashJson', 'hashQuery', 'signedProbe']);

export function createConnectionVerification(deps: {
  database: Database;
  dataSources: DataSources;
  catalog: Catalog;
  table: ConnectionSecretsTable;
  secrets: ConnectionSecrets;
  vault: Vault;
  changes: Changes;
  recordAudit: RecordAudit;
}) {
  const { database, dataSources, catalog, table, secrets, vault, changes, recordAudit } = deps;
  /** Schemes by connection, as the receiver asks for them with every call. */
  const schemes = new Map<string, readonly SignatureScheme[]>();

  const definitionOf = ({ applicationId }: InboundConnection) =>
    applicationId === undefined ? undefined : catalog.definition(applicationId);

  function chosenOf({ id }: InboundConnection): ChosenScheme | undefined {
    const json = table.scheme(id);
    return json === undefined ? undefined : chosenScheme.parse(JSON.parse(json));
  }

  /** The application's own schemes win where they can be checked: a choice exists only where there are none. */
  function readSchemes(connection: InboundConnection): readonly SignatureScheme[] {
    const own = definitionOf(connection)?.signatureSchemes ?? [];
    const chosen = own.some(isCheckable) ? undefined : chosenOf(connection);
    return chosen ? schemesOf(chosen) : own;
  }

  function schemesFor(connection: InboundConnection): readonly SignatureScheme[] {
    const known = schemes.get(connection.id);
    if (known) return known;
    const read = readSchemes(connection);
    schemes.set(connection.id, read);
    return read;
  }

  function needs(connection: InboundConnection): { secret: boolean; verifyToken: boolean } {
    const handshake = definitionOf(connection)?.handshake;
    return {
      secret:
        schemesFor(connection).some(isCheckable) ||
        (handshake !== undefined && secretHandshakes.has(handshake.kind)),
      verifyToken: handshake?.kind === 'echoQuery' && handshake.verifyToken !== undefined,
    };
  }

  function stateOf(connection: InboundConnection, canCheck: boolean): VerificationState {
    const opened = secrets.opened(connection.id);
    if (opened.unreadable) return 'unreadable';
    if (!canCheck) return 'notCheckable';
    return opened.secrets.length > 0 ? 'checked' : 'notChecked';
  }

  function show(connection: InboundConnection): ConnectionVerification {
    const definition = definitionOf(connection);
    const own = definition?.signatureSchemes ?? [];
    const mayChoose = !own.some(isCheckable);
    const chosen = mayChoose ? chosenOf(connection) : undefined;
    const taken = needs(connection);
    const [verifyToken] = secrets.list(connection.id, 'verifyToken');
    const scheme = chosen
      ? { from: 'chosen' as const, kind: chosen.kind, text: chosenSchemeText(chosen) }
      : own[0] && definition?.signature
        ? { from: 'application' as const, kind: own[0].kind, text: definition.signature.text }
        : undefined;
    return {
      connectionId: connection.id,
      state: stateOf(connection, schemesFor(connection).some(isCheckable)),
      mayChoose,
      takesSecret: taken.secret,
      secrets: secrets.list(connection.id, 'signature'),
      takesVerifyToken: taken.verifyToken,
      ...(scheme ? { scheme } : {}),
      ...(chosen ? { chosen } : {}),
      ...(definition?.secretHint === undefined ? {} : { secretHint: definition.secretHint }),
      ...(verifyToken ? { verifyToken } : {}),
      ...(vault.fault === undefined ? {} : { vaultFault: vault.fault }),
    };
  }

  /** Does it and records it, both or none. */
  function perform(
    { dataSourceId }: InboundConnection,
    via: Caller,
    change: AuditChange,
    work: () => void,
  ): void {
    transact(database, () => {
      work();
      recordAudit({ dataSourceId, action: 'verificationChanged', via, changes: [change] });
    });
  }

  function changed(connection: InboundConnection): ConnectionVerification {
    changes.tell('connections.changed', { id: connection.id, dataSourceId: connection.dataSourceId });
    return show(connection);
  }

  function checkSecret(connection: InboundConnection, purpose: SecretPurpose, secret: string): void {
    const taken = needs(connection);
    if (purpose === 'signature' ? !taken.secret : !taken.verifyToken) {
      throw new ProblemError(
        'secret.invalid',
        purpose === 'signature'
          ? 'Nothing here could use a secret. Choose how the calls are signed first.'
          : 'This application uses no verify token.',
        { path: 'secret' },
      );
    }
    const fault = secretFault(purpose === 'signature' ? schemesFor(connection) : [], secret);
    if (fault !== undefined) throw new ProblemError('secret.invalid', fault, { path: 'secret' });
  }

  return {
    /** For the receiver, with every call. Throws the driver's error where the store cannot be read. */
    of: (connection: InboundConnection): LiveVerification => ({
      schemes: schemesFor(connection),
      ...secrets.opened(connection.id),
    }),

    /** All of these throw `connection.missing`. */
    get: (id: string): ConnectionVerification => show(dataSources.connection(id)),

    /** Throws `secret.invalid` where the application brings its own scheme, or where a live secret does not fit the new one. */
    setScheme(id: string, scheme: ChosenScheme | undefined, via: Caller): ConnectionVerification {
      const connection = dataSources.connection(id);
      if (definitionOf(connection)?.signatureSchemes.some(isCheckable)) {
        throw new ProblemError('secret.invalid', 'The application of this connection has its own scheme.', {
          path: 'scheme',
        });
      }
      const before = chosenOf(connection);
      const change: AuditChange = {
        what: 'scheme',
        ...(before ? { from: chosenSchemeText(before) } : {}),
        ...(scheme ? { to: chosenSchemeText(scheme) } : {}),
      };
      if (scheme === undefined) perform(connection, via, change, () => table.dropScheme(id));
      else {
        const live = secrets.opened(id).secrets;
        if (live.some((secret) => secretFault(schemesOf(scheme), secret) !== undefined)) {
          throw new ProblemError(
            'secret.invalid',
            'The secret that is set does not fit this scheme. Remove it first, then choose the scheme.',
            { path: 'scheme' },
          );
        }
        perform(connection, via, change, () => table.setScheme(id, JSON.stringify(scheme)));
      }
      schemes.delete(id);
      secrets.forget(id);
      return changed(connection);
    },

    /** Throws `secret.invalid` and `vault.unavailable`. */
    setSecret(
      input: {
        id: string;
        secret: string;
        purpose?: SecretPurpose | undefined;
        add?: boolean | undefined;
      },
      via: Caller,
    ): ConnectionVerification {
      const { id, secret, purpose = 'signature', add = false } = input;
      const connection = dataSources.connection(id);
      checkSecret(connection, purpose, secret);
      const to = add ? 'a second one set' : 'set';
      perform(connection, via, { what: secretNames[purpose], to }, () =>
        secrets.set(id, purpose, secret, add),
      );
      return changed(connection);
    },

    /** Throws `secret.missing`. */
    removeSecret(id: string, secretId: string, via: Caller): ConnectionVerification {
      const connection = dataSources.connection(id);
      perform(connection, via, { what: 'secret', from: 'set' }, () => secrets.remove(id, secretId));
      return changed(connection);
    },

    /** The step that keeps a secret which a handshake brought; see connection-secrets.ts. */
    keepFound(connection: InboundConnection, secret: string): (() => boolean) | undefined {
      if (secretFault(schemesFor(connection), secret) !== undefined) return undefined;
      const keep = secrets.keepFound(connection.id, secret);
      return (
        keep &&
        (() => {
          if (!keep()) return false;
          const change = { what: 'secret', to: 'set by a handshake' };
          recordAudit({
            dataSourceId: connection.dataSourceId,
            action: 'verificationChanged',
            via: 'engine',
            changes: [change],
          });
          // After the transaction, of which this is a part.
          setImmediate(() => changed(connection));
          return true;
        })
      );
    },
  };
}

export type ConnectionVerifications = ReturnType<typeof createConnectionVerification>;
