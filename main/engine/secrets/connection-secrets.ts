// The secrets of connections: set, replaced, removed, and opened for those who check or make signatures. Opened values stay in this
// process: nothing here is logged, told as an event, or given to a screen.
import { ProblemError, type SecretPurpose, type StoredSecret } from '#contract';
import { createId } from '../ids.ts';
import type { ConnectionSecretsTable, SecretRow } from './connection-secrets-table.ts';
import type { Vault } from './vault.ts';

/** What is needed to check or to make a signature. */
export interface OpenedSecrets {
  /** The live signing secrets, newest first. */
  secrets: readonly string[];
  verifyToken: string | undefined;
  /** True where a signing secret is set and none can be opened. */
  unreadable: boolean;
}

/** Stands in shown headers and queries where a secret stood. */
const concealed = '••••••••';
/** A shorter secret is concealed only where it is the whole value: it would be found in every text. */
const leastConcealed = 6;

export function createConnectionSecrets(deps: { table: ConnectionSecretsTable; vault: Vault }) {
  const { table, vault } = deps;
  const opened = new Map<string, OpenedSecrets>();

  const placeOf = (row: Pick<SecretRow, 'id' | 'connection_id' | 'purpose'>) =>
    `${row.connection_id} ${row.purpose} ${row.id}`;
  const open = (row: SecretRow) => vault.open(row.sealed, placeOf(row));

  function sealedRow(
    connectionId: string,
    purpose: SecretPurpose,
    origin: SecretRow['origin'],
    secret: string,
  ): SecretRow {
    if (vault.fault !== undefined) throw new ProblemError('vault.unavailable', vault.fault);
    const now = Date.now();
    const row = { id: createId('sec', now), connection_id: connectionId, purpose, origin, set_at: now };
    return { ...row, sealed: vault.seal(secret, placeOf(row)) };
  }

  function openedOf(connectionId: string): OpenedSecrets {
    const known = opened.get(connectionId);
    if (known) return known;
    const rows = table.ofConnection(connectionId);
    const signing = rows.filter(({ purpose }) => purpose === 'signature');
    const secrets = signing.map(open).filter((secret) => secret !== undefined);
    const token = rows.find(({ purpose }) => purpose === 'verifyToken');
    const found: OpenedSecrets = {
      secrets,
      verifyToken: token && open(token),
      unreadable: signing.length > 0 && secrets.length === 0,
    };
    opened.set(connectionId, found);
    return found;
  }

  return {
    /** Throws the driver's error where the store cannot be read. */
    opened: openedOf,

    /** Facts for the user, newest first. */
    list(connectionId: string, purpose: SecretPurpose): StoredSecret[] {
      return table
        .ofConnection(connectionId)
        .filter((row) => row.purpose === purpose)
        .map((row) => ({
          id: row.id,
          setAt: new Date(row.set_at).toISOString(),
          origin: row.origin,
          readable: open(row) !== undefined,
        }));
    },

    /** Throws `vault.unavailable` and changes nothing where there is no key. */
    set(connectionId: string, purpose: SecretPurpose, secret: string, beside: boolean): void {
      table.set(sealedRow(connectionId, purpose, 'user', secret), beside);
      opened.delete(connectionId);
    },

    /**
     * The step that keeps a secret which a handshake brought, where none is set; runs inside the transaction that stores the call.
     * Undefined where there is no key to seal it.
     */
    keepFound(connectionId: string, secret: string): (() => boolean) | undefined {
      if (vault.fault !== undefined) return undefined;
      const row = sealedRow(connectionId, 'signature', 'handshake', secret);
      return () => {
        opened.delete(connectionId);
        return table.setWhereNone(row);
      };
    },

    /** Throws `secret.missing`. */
    remove(connectionId: string, secretId: string): void {
      if (!table.remove(connectionId, secretId)) {
        throw new ProblemError('secret.missing', 'This secret is not set any more.', { path: 'secretId' });
      }
      opened.delete(connectionId);
    },

    /** The text with every live secret of the connection, plain or as Basic credentials, replaced; for what screens and exports show. */
    conceal(connectionId: string, text: string): string {
      const { secrets, verifyToken } = openedOf(connectionId);
      const all = [...secrets, ...(verifyToken === undefined ? [] : [verifyToken])];
      if (all.includes(text)) return concealed;
      return all
        .filter((secret) => secret.length >= leastConcealed)
        .flatMap((secret) => [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
        .reduce((shown, form) => shown.replaceAll(form, concealed), text);
    },

    /** After a change that was made in the table itself. */
    forget: (connectionId: string): void => void opened.delete(connectionId),

    /** Secrets of other connections, newest first, for the explanation of a wrong signature. */
    others(connectionId: string, limit: number): { name: string; secret: string }[] {
      return table.others(connectionId, limit).flatMap((row) => {
        const secret = open(row);
        return secret === undefined ? [] : [{ name: row.source_name, secret }];
      });
    },
  };
}

export type ConnectionSecrets = ReturnType<typeof createConnectionSecrets>;
