// A data source as a file and back: read and made by the engine's own calls, so that the same rules hold as at the screens. The whole file
// is checked first; where a step fails nevertheless, what was made is deleted again. What has no place here is left out and said.
// Threats: a file that is passed on must open nothing, so no secret is in it and headers that sound like one are left out; a file from
// a stranger must send nothing, so outgoing configurations come as drafts and modules come switched off.
import {
  type AuthorizationInput,
  type CallInput,
  type CallName,
  type CallOutput,
  ProblemError,
  type Receiving,
  type SourceFile,
  sourceFile,
} from '#contract';
import type { PayloadSource } from '../payloads/payload-reader.ts';
import { isSecretName, maskQuery } from './mask-record.ts';

/** The engine's calls, as another client would make them. */
export type MakeCall = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

const mostNotes = 50;

export async function exportSource(
  call: MakeCall,
  id: string,
  /** The body without the values of keys that sound like a secret; undefined where it has none. */
  maskBody: (source: PayloadSource) => Promise<string | undefined>,
): Promise<{ fileName: string; text: string }> {
  const { dataSource } = await call('dataSources.get', { id });
  const isManual = dataSource.entry === 'manual';
  const [{ mapping }, { retention }, { actions }, { modules }, { samples }, { solutions }] =
    await Promise.all([
      call('mapping.get', { dataSourceId: id }),
      call('retention.get', { dataSourceId: id }),
      call('actions.list', { dataSourceId: id }),
      call('modules.list', { dataSourceId: id }),
      call('samples.list', { dataSourceId: id }),
      call('solutions.list', {}),
    ]);
  const solutionNames = new Map(solutions.map((solution) => [solution.id, solution.name]));
  const file: SourceFile = {
    kind: 'hookbench.dataSource',
    version: 1,
    dataSource: {
      name: dataSource.name,
      kind: dataSource.kind,
      entry: dataSource.entry,
      ...(dataSource.applicationId === undefined ? {} : { applicationId: dataSource.applicationId }),
      description: dataSource.description,
    },
    ...(isManual || mapping === undefined ? {} : { mapping }),
    ...(isManual ? { manualFields: (await call('items.view', { dataSourceId: id })).fields } : {}),
    retention: retention.rules,
    connections: await Promise.all(
      dataSource.connections.map((connection) => connectionOf(call, connection)),
    ),
    actions: actions.map(
      ({ dataSourceId: _source, createdAt: _made, updatedAt: _changed, usedBy: _used, ...action }) => action,
    ),
    modules: modules
      .filter((module) => module.dataSourceId === id)
      .map(({ solutionId, ...module }) => ({
        solution: solutionNames.get(solutionId) ?? 'Solution',
        module: {
          name: module.name,
          dataSourceId: module.dataSourceId,
          trigger: module.trigger,
          conditions: module.conditions,
          fields: module.fields,
          steps: module.steps,
        },
      })),
    samples: await Promise.all(samples.map(({ id: sampleId }) => sampleOf(call, sampleId, maskBody))),
  };
  const plainName = dataSource.name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').slice(0, 80) || 'Data source';
  return { fileName: `${plainName}.hookbench.json`, text: `${JSON.stringify(file, null, 2)}\n` };
}

/** @throws ProblemError sourceFile.refused; then nothing is left */
export async function importSource(
  call: MakeCall,
  text: string,
): Promise<{ dataSource: CallOutput<'dataSources.get'>['dataSource']; notes: string[] }> {
  const file = parse(text);
  const notes: string[] = [];
  const note = (sentence: string) => {
    if (notes.length < mostNotes) notes.push(sentence);
  };
  const { name, kind, entry, applicationId, description } = file.dataSource;
  const { dataSource: made } = await call('dataSources.create', { name, kind, entry, applicationId });
  try {
    await call('dataSources.update', { id: made.id, description });
    const connectionIds = await makeConnections(call, made, file, note);
    if (file.manualFields) {
      await call('items.setFields', { dataSourceId: made.id, fields: file.manualFields });
    }
    if (file.mapping) await call('mapping.save', { dataSourceId: made.id, mapping: file.mapping });
    if (file.retention) await call('retention.set', { dataSourceId: made.id, rules: file.retention });
    const actionIds = await makeActions(call, made.id, file, connectionIds);
    for (const sample of file.samples) await call('samples.add', { dataSourceId: made.id, ...sample });
    await makeModules(call, made.id, file, { connectionIds, actionIds }, note);
    return { ...(await call('dataSources.get', { id: made.id })), notes };
  } catch (error) {
    await call('dataSources.delete', { id: made.id });
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError('sourceFile.refused', `Nothing was taken in: ${error.message}`);
  }
}

function parse(text: string): SourceFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ProblemError('sourceFile.refused', `The file is not valid JSON: ${why}.`);
  }
  const parsed = sourceFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw new ProblemError(
    'sourceFile.refused',
    where === 'kind' || where === 'version' || where === ''
      ? 'This is no data source that Hookbench exported.'
      : `"${where}": ${issue?.message ?? 'it does not fit'}.`,
  );
}

async function connectionOf(
  call: MakeCall,
  connection: { id: string; name: string },
): Promise<SourceFile['connections'][number]> {
  const { id, name } = connection;
  const [{ verification }, { receiving }, { outgoing }] = await Promise.all([
    call('connections.verification', { id }),
    call('connections.receiving', { id }),
    call('connections.outgoing', { id }),
  ]);
  return {
    id,
    name,
    ...(verification.chosen === undefined ? {} : { verification: verification.chosen }),
    ...(Object.keys(receiving).length === 0 ? {} : { receiving: withoutSecretHeaders(receiving) }),
    ...(outgoing === undefined
      ? {}
      : {
          outgoing: {
            baseUrl: outgoing.baseUrl,
            authorization: outgoing.authorization,
            headers: outgoing.headers.filter((header) => !isSecretName(header.name)),
            timeoutMs: outgoing.timeoutMs,
            allowedTargets: outgoing.allowedTargets,
          },
        }),
  };
}

function withoutSecretHeaders({ answer, ...limits }: Receiving): Receiving {
  if (!answer) return limits;
  return {
    ...limits,
    answer: { ...answer, headers: answer.headers.filter(({ name }) => !isSecretName(name)) },
  };
}

/** Masked like calls in a file. */
async function sampleOf(
  call: MakeCall,
  id: string,
  maskBody: (source: PayloadSource) => Promise<string | undefined>,
): Promise<SourceFile['samples'][number]> {
  const { name, method, query, headers, bodyText, base64, contentType } = (await call('samples.get', { id }))
    .sample;
  const body = base64 === undefined ? Buffer.from(bodyText ?? '') : Buffer.from(base64, 'base64');
  const plain = headers.map((each): [string, string] => [each.name, each.value]);
  const masked = await maskBody({
    key: '',
    body,
    contentType,
    contentEncoding: plain.find(([each]) => /^content-encoding$/i.test(each))?.[1],
    headers: plain,
    query,
  });
  return {
    name,
    method,
    query: maskQuery(query),
    headers: plain.filter(
      ([each]) => !isSecretName(each) && !(masked !== undefined && /^content-encoding$/i.test(each)),
    ),
    base64: (masked === undefined ? body : Buffer.from(masked)).toString('base64'),
  };
}

async function makeConnections(
  call: MakeCall,
  made: { id: string; connections: { id: string }[] },
  file: SourceFile,
  note: (sentence: string) => void,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [i, { id: former, name, verification, receiving, outgoing }] of file.connections.entries()) {
    const first = i === 0 ? made.connections[0]?.id : undefined;
    const id = first ?? (await call('connections.add', { dataSourceId: made.id, name })).connectionId;
    if (first !== undefined) await call('connections.rename', { id, name });
    ids.set(former, id);
    if (verification) {
      await call('connections.setVerification', { id, scheme: verification });
      note(`${name}: set the secret with which its calls are signed.`);
    }
    if (receiving) await call('connections.setReceiving', { id, receiving });
    if (!outgoing) continue;
    const { authorization, ...rest } = outgoing;
    await call('connections.saveOutgoing', {
      id,
      outgoing: { ...rest, authorization: withoutSecrets(authorization) },
      asDraft: true,
    });
    note(
      authorization.kind === 'none'
        ? `${name}: its outgoing configuration is a draft; save it to have it checked.`
        : `${name}: set the secret of its outgoing configuration, and save it to have it checked.`,
    );
  }
  return ids;
}

function withoutSecrets(
  authorization: NonNullable<SourceFile['connections'][number]['outgoing']>['authorization'],
): AuthorizationInput {
  switch (authorization.kind) {
    case 'none':
    case 'bearer':
      return { kind: authorization.kind };
    case 'basic':
      return { kind: 'basic', username: authorization.username };
    case 'apiKey':
      return { kind: 'apiKey', in: authorization.in, name: authorization.name };
    case 'oauth2': {
      const { clientSecretSet: _secret, ...rest } = authorization;
      return rest;
    }
    case 'other':
      return { kind: 'other', headers: authorization.headers.map(({ name }) => ({ name })) };
  }
}

async function makeActions(
  call: MakeCall,
  dataSourceId: string,
  file: SourceFile,
  connectionIds: Map<string, string>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { id: former, connectionId, ...action } of file.actions) {
    const connection = connectionId === undefined ? undefined : connectionIds.get(connectionId);
    const { action: made } = await call('actions.create', {
      dataSourceId,
      action: { ...action, ...(connection === undefined ? {} : { connectionId: connection }) },
    });
    ids.set(former, made.id);
  }
  return ids;
}

/** Into the solution of the same name, or a new one. A module that calls other data sources needs them first. */
async function makeModules(
  call: MakeCall,
  dataSourceId: string,
  file: SourceFile,
  ids: { connectionIds: Map<string, string>; actionIds: Map<string, string> },
  note: (sentence: string) => void,
): Promise<void> {
  for (const { solution: solutionName, module } of file.modules) {
    const former = module.dataSourceId;
    const isOwn = module.steps.every((step) => step.dataSourceId === former);
    if (!isOwn) {
      note(`The module "${module.name}" calls other data sources and was left out. Make it again here.`);
      continue;
    }
    const { solutions } = await call('solutions.list', {});
    const solution =
      solutions.find(({ name }) => name === solutionName) ??
      (await call('solutions.create', { name: solutionName })).solution;
    await call('dataSources.setAccess', { id: dataSourceId, solutionId: solution.id, allowed: true });
    await call('modules.create', {
      solutionId: solution.id,
      module: {
        ...module,
        dataSourceId,
        steps: module.steps.map(({ connectionId, actionId, ...step }) => {
          const connection = connectionId === undefined ? undefined : ids.connectionIds.get(connectionId);
          const action = actionId === undefined ? undefined : ids.actionIds.get(actionId);
          return {
            ...step,
            dataSourceId,
            ...(connection === undefined ? {} : { connectionId: connection }),
            ...(action === undefined ? {} : { actionId: action }),
          };
        }),
      },
      enabled: false,
    });
    note(`The module "${module.name}" is in the solution "${solutionName}", switched off.`);
  }
}
