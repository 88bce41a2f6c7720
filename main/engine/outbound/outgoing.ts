// The outgoing configurations of connections: shown without secrets, checked by a real call before they are saved, opened for those who
// call. Opened secrets stay in this process.
import {
  type AuditChange,
  type Authorization,
  type Caller,
  type CallOutput,
  type Diagnosis,
  type DiagnosisStage,
  type OutgoingConfiguration,
  type OutgoingInput,
  ProblemError,
} from '#contract';
import type { RecordAudit } from '../audit/audit.ts';
import type { Changes } from '../changes.ts';
import type { DataSources, InboundConnection } from '../data-sources/data-sources.ts';
import type { Vault } from '../secrets/vault.ts';
import { type Database, transact } from '../store/database.ts';
import { diagnose } from './diagnose.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import {
  type AuthorizationSettings,
  type OpenedOutgoing,
  type OutgoingSettings,
  outgoingFault,
  type ReadOutgoing,
  readOutgoing,
  secretPlaces,
  signingSecret,
} from './outgoing-settings.ts';
import type { OutgoingSecretRow, OutgoingTable } from './outgoing-table.ts';
import type { SendRequest } from './send-request.ts';

export function createOutgoing(deps: {
  database: Database;
  table: OutgoingTable;
  vault: Vault;
  dataSources: DataSources;
  sendRequest: SendRequest;
  tokens: OAuthTokens;
  changes: Changes;
  recordAudit: RecordAudit;
}) {
  const { database, table, vault, dataSources, sendRequest, tokens, changes, recordAudit } = deps;
  /** By connection, as every call asks for it. */
  const cache = new Map<string, OpenedOutgoing | undefined>();

  const placeOf = (connectionId: string, name: string) => `${connectionId} outgoing ${name}`;

  function readOpened(connectionId: string): OpenedOutgoing | undefined {
    const row = table.get(connectionId);
    if (!row) return undefined;
    const secrets = new Map<string, string>();
    const unreadable: string[] = [];
    for (const { name, sealed } of table.secrets(connectionId)) {
      const secret = vault.open(sealed, placeOf(connectionId, name));
      if (secret === undefined) unreadable.push(name);
      else secrets.set(name, secret);
    }
    return { settings: JSON.parse(row.configuration) as OutgoingSettings, secrets, unreadable };
  }

  /** Without a look at whether the connection is still there. */
  function openedOf(connectionId: string): OpenedOutgoing | undefined {
    if (!cache.has(connectionId)) cache.set(connectionId, readOpened(connectionId));
    return cache.get(connectionId);
  }

  function show(connectionId: string): OutgoingConfiguration | undefined {
    const row = table.get(connectionId);
    if (!row) return undefined;
    const { baseUrl, authorization, headers, timeoutMs, allowedTargets } = JSON.parse(
      row.configuration,
    ) as OutgoingSettings;
    const set = new Set(table.secrets(connectionId).map(({ name }) => name));
    return {
      baseUrl,
      authorization: shownAuthorization(authorization, set),
      headers,
      timeoutMs,
      allowedTargets,
      signingSecretSet: set.has(signingSecret),
      state: row.state,
      ...(row.passed_at === null ? {} : { passedAt: new Date(row.passed_at).toISOString() }),
      updatedAt: new Date(row.updated_at).toISOString(),
    };
  }

  function sealed(connectionId: string, read: ReadOutgoing, now: number): OutgoingSecretRow[] {
    const given = [...read.secrets].filter(([name]) => read.given.has(name));
    if (given.length > 0 && vault.fault !== undefined)
      throw new ProblemError('vault.unavailable', vault.fault);
    return given.map(([name, secret]) => ({
      connection_id: connectionId,
      name,
      sealed: vault.seal(secret, placeOf(connectionId, name)),
      set_at: now,
    }));
  }

  function store(
    connection: InboundConnection,
    read: ReadOutgoing,
    passed: boolean,
    via: Caller,
  ): OutgoingConfiguration {
    const { id, dataSourceId } = connection;
    const now = Date.now();
    const before = table.get(id);
    const settingsBefore = before && (JSON.parse(before.configuration) as OutgoingSettings);
    const secretsBefore = new Set(table.secrets(id).map(({ name }) => name));
    const passedBefore =
      settingsBefore?.baseUrl === read.settings.baseUrl ? (before?.passed_at ?? null) : null;
    const keep = new Set([...read.secrets.keys(), ...read.unreadable]);
    const rows = sealed(id, read, now);
    transact(database, () => {
      table.put(
        {
          connection_id: id,
          configuration: JSON.stringify(read.settings),
          state: passed ? 'passed' : 'draft',
          passed_at: passed ? now : passedBefore,
          updated_at: now,
        },
        rows,
        keep,
      );
      recordAudit({
        dataSourceId,
        action: 'outgoingChanged',
        via,
        changes: [
          ...settingsChanges(settingsBefore, read.settings),
          ...secretChanges(secretsBefore, read, keep),
          { what: 'state', ...(before ? { from: before.state } : {}), to: passed ? 'passed' : 'draft' },
        ],
      });
    });
    forget(id);
    changes.tell('connections.changed', { id, dataSourceId });
    return show(id) as OutgoingConfiguration;
  }

  function forget(connectionId: string): void {
    cache.delete(connectionId);
    tokens.forget(connectionId);
  }

  async function examine(
    connection: InboundConnection,
    read: OpenedOutgoing,
    runId: string | undefined,
    signal: AbortSignal,
  ): Promise<{ diagnosis: Diagnosis; failed?: DiagnosisStage }> {
    const fault = outgoingFault(read);
    if (fault) throw new ProblemError('outgoing.invalid', fault.message, { path: `outgoing.${fault.path}` });
    const diagnosed = await diagnose(
      read,
      { sendRequest, tokens },
      {
        connectionId: connection.id,
        signal,
        tell: (stage) =>
          changes.tell('connections.diagnosed', {
            id: connection.id,
            stage,
            ...(runId === undefined ? {} : { runId }),
          }),
      },
    );
    signal.throwIfAborted();
    return diagnosed;
  }

  return {
    /** For calls; undefined where none is saved, or the connection is gone. */
    opened(connectionId: string): OpenedOutgoing | undefined {
      const source = dataSources.findConnection(connectionId);
      return source === undefined ? undefined : openedOf(connectionId);
    },

    /** Throws `connection.missing`. */
    get(id: string): CallOutput<'connections.outgoing'> {
      dataSources.connection(id);
      const outgoing = show(id);
      return outgoing ? { outgoing } : {};
    },

    /** Throws `outgoing.invalid`, `outgoing.refused`, `vault.unavailable`, and changes nothing then. */
    async save(
      input: {
        id: string;
        outgoing: OutgoingInput;
        asDraft?: boolean | undefined;
        runId?: string | undefined;
      },
      signal: AbortSignal,
      via: Caller,
    ): Promise<CallOutput<'connections.saveOutgoing'>> {
      const connection = dataSources.connection(input.id);
      const read = readOutgoing(input.outgoing, openedOf(input.id));
      if (input.asDraft) return { outgoing: store(connection, read, false, via) };
      const { diagnosis, failed } = await examine(connection, read, input.runId, signal);
      if (failed) {
        const toDo = failed.toDo === undefined ? '' : ` ${failed.toDo}`;
        throw new ProblemError('outgoing.refused', `${failed.text}${toDo} Nothing was saved.`, {
          path: failed.stage === 'authorization' ? 'outgoing.authorization' : 'outgoing.baseUrl',
          retry: true,
        });
      }
      // Meanwhile it may have been removed.
      return { outgoing: store(dataSources.connection(input.id), read, true, via), diagnosis };
    },

    async test(
      input: { id: string; outgoing?: OutgoingInput | undefined; runId?: string | undefined },
      signal: AbortSignal,
    ): Promise<CallOutput<'connections.testOutgoing'>> {
      const connection = dataSources.connection(input.id);
      const saved = openedOf(input.id);
      const read = input.outgoing ? readOutgoing(input.outgoing, saved) : saved;
      if (!read) {
        throw new ProblemError(
          'outgoing.invalid',
          'This connection has no outgoing configuration yet. Type a Base Url.',
          {
            path: 'outgoing.baseUrl',
          },
        );
      }
      const { diagnosis } = await examine(connection, read, input.runId, signal);
      return { diagnosis };
    },

    /** Of a connection that was removed. Called after its transaction. */
    forget,
  };
}

export type Outgoing = ReturnType<typeof createOutgoing>;

function shownAuthorization(authorization: AuthorizationSettings, set: ReadonlySet<string>): Authorization {
  switch (authorization.kind) {
    case 'none':
      return { kind: 'none' };
    case 'basic':
      return { ...authorization, passwordSet: set.has('basic.password') };
    case 'bearer':
      return { ...authorization, tokenSet: set.has('bearer.token') };
    case 'apiKey':
      return { ...authorization, valueSet: set.has('apiKey.value') };
    case 'oauth2':
      return { ...authorization, clientSecretSet: set.has('oauth2.clientSecret') };
    case 'other':
      return {
        kind: 'other',
        headers: authorization.headers.map((name) => ({
          name,
          valueSet: set.has(`other.${name.toLowerCase()}`),
        })),
      };
  }
}

/** Values of plain headers are told by their names only: people put secrets there, too. */
function settingsChanges(before: OutgoingSettings | undefined, after: OutgoingSettings): AuditChange[] {
  const texts: [string, (settings: OutgoingSettings) => string][] = [
    ['base url', ({ baseUrl }) => baseUrl],
    ['authorization', ({ authorization }) => authorizationWords(authorization)],
    ['headers', ({ headers }) => headers.map(({ name }) => name).join(', ')],
    ['time limit', ({ timeoutMs }) => `${timeoutMs / 1000} s`],
    ['private targets', ({ allowedTargets }) => allowedTargets.join(', ')],
  ];
  const changed = texts.flatMap(([what, textOf]): AuditChange[] => {
    const from = before && textOf(before);
    const to = textOf(after);
    if (from === to || (from === undefined && to === '')) return [];
    return [{ what, ...(from ? { from } : {}), ...(to === '' ? {} : { to }) }];
  });
  const isHeaderChanged =
    before &&
    JSON.stringify(before.headers) !== JSON.stringify(after.headers) &&
    !changed.some(({ what }) => what === 'headers');
  return isHeaderChanged ? [...changed, { what: 'values of headers' }] : changed;
}

function authorizationWords(authorization: AuthorizationSettings): string {
  switch (authorization.kind) {
    case 'none':
      return 'None';
    case 'basic':
      return `Basic, ${authorization.username}`;
    case 'bearer':
      return 'Bearer token';
    case 'apiKey':
      return `API key, ${authorization.in} ${authorization.name}`;
    case 'oauth2':
      return `OAuth 2.0 client credentials, ${authorization.clientId}, ${authorization.tokenUrl}`;
    case 'other':
      return `Other, ${authorization.headers.join(', ')}`;
  }
}

function secretChanges(
  before: ReadonlySet<string>,
  read: ReadOutgoing,
  keep: ReadonlySet<string>,
): AuditChange[] {
  const words = new Map(secretPlaces(read.settings.authorization).map((place) => [place.name, place.words]));
  words.set(signingSecret, 'signing secret');
  const set = [...read.given].filter((name) => read.secrets.has(name));
  return [
    ...set.map((name) => ({ what: words.get(name) ?? 'secret', to: before.has(name) ? 'replaced' : 'set' })),
    ...[...before]
      .filter((name) => !keep.has(name))
      .map((name) => ({ what: words.get(name) ?? 'former secret', from: 'set' })),
  ];
}
