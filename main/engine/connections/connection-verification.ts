// How the calls of each connection are verified: by the application's schemes or the one that the user chose, with the secrets that are
// set. Gives the receiver what it checks with, and the screens everything but the secrets themselves.
import {
  type ChosenScheme,
  type ConnectionVerification,
  chosenScheme,
  ProblemError,
  type SecretPurpose,
  type VerificationState,
} from '#contract';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import type { DataSources, InboundConnection } from '../data-sources/data-sources.ts';
import type { ConnectionSecrets, OpenedSecrets } from '../secrets/connection-secrets.ts';
import type { ConnectionSecretsTable } from '../secrets/connection-secrets-table.ts';
import type { Vault } from '../secrets/vault.ts';
import { chosenSchemeText, schemesOf } from '../verification/chosen-scheme.ts';
import { isCheckable, secretFault } from '../verification/secret-fault.ts';
import type { SignatureScheme } from '../verification/signature-scheme.ts';

export interface LiveVerification extends OpenedSecrets {
  schemes: readonly SignatureScheme[];
}

/** Handshakes that are answered with the signing secret. */
const secretHandshakes = new Set(['hashJson', 'hashQuery', 'signedProbe']);

export function createConnectionVerification(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  table: ConnectionSecretsTable;
  secrets: ConnectionSecrets;
  vault: Vault;
  changes: Changes;
}) {
  const { dataSources, catalog, table, secrets, vault, changes } = deps;
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
    setScheme(id: string, scheme: ChosenScheme | undefined): ConnectionVerification {
      const connection = dataSources.connection(id);
      if (definitionOf(connection)?.signatureSchemes.some(isCheckable)) {
        throw new ProblemError('secret.invalid', 'The application of this connection has its own scheme.', {
          path: 'scheme',
        });
      }
      if (scheme === undefined) table.dropScheme(id);
      else {
        const live = secrets.opened(id).secrets;
        if (live.some((secret) => secretFault(schemesOf(scheme), secret) !== undefined)) {
          throw new ProblemError(
            'secret.invalid',
            'The secret that is set does not fit this scheme. Remove it first, then choose the scheme.',
            { path: 'scheme' },
          );
        }
        table.setScheme(id, JSON.stringify(scheme));
      }
      schemes.delete(id);
      secrets.forget(id);
      return changed(connection);
    },

    /** Throws `secret.invalid` and `vault.unavailable`. */
    setSecret(input: {
      id: string;
      secret: string;
      purpose?: SecretPurpose | undefined;
      add?: boolean | undefined;
    }): ConnectionVerification {
      const { id, secret, purpose = 'signature', add = false } = input;
      const connection = dataSources.connection(id);
      checkSecret(connection, purpose, secret);
      secrets.set(id, purpose, secret, add);
      return changed(connection);
    },

    /** Throws `secret.missing`. */
    removeSecret(id: string, secretId: string): ConnectionVerification {
      const connection = dataSources.connection(id);
      secrets.remove(id, secretId);
      return changed(connection);
    },

    /** The step that keeps a secret which a handshake brought; see connection-secrets.ts. */
    keepFound(connection: InboundConnection, secret: string): (() => boolean) | undefined {
      if (secretFault(schemesFor(connection), secret) !== undefined) return undefined;
      const keep = secrets.keepFound(connection.id, secret);
      return (
        keep &&
        (() => {
          const isKept = keep();
          // After the transaction, of which this is a part.
          if (isKept) setImmediate(() => changed(connection));
          return isKept;
        })
      );
    },
  };
}

export type ConnectionVerifications = ReturnType<typeof createConnectionVerification>;
