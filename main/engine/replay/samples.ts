// The library of samples: captures kept under a name, edited, fired by name. No signature and no secret of a connection is kept in a sample;
// it is signed when it is fired. Secret headers are sealed.
import {
  type CallEdit,
  type CallInput,
  ProblemError,
  type ReplayJob,
  type ReplayOptions,
  type ReplayTarget,
  type Sample,
  type SampleDetail,
} from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ConnectionVerifications } from '../connections/connection-verification.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import { type Database, transact } from '../store/database.ts';
import { headerValue, parseJsonBody, textAt } from '../verification/request-parts.ts';
import type { DeliverCall } from './deliver-call.ts';
import type { ReplayJobs } from './replay-jobs.ts';
import type { SampleHeaders } from './sample-headers.ts';
import type { ListedSample, SampleRow, SamplesTable } from './samples-table.ts';
import { placesOf } from './sign-again.ts';
import { editCall, endToEnd, isNamed, type SourceCall, sourceCallOf, withoutHeaders } from './source-call.ts';
import { targetFault } from './target-url.ts';

/** An undo that is on its way at the end of its time still comes through. */
const undoGraceMs = 2_000;
const mostSampleBytes = 25 * 1024 * 1024;

export function createSamples(deps: {
  database: Database;
  table: SamplesTable;
  sampleHeaders: SampleHeaders;
  captures: Captures;
  capturesTable: CapturesTable;
  catalog: Catalog;
  dataSources: DataSources;
  verifications: ConnectionVerifications;
  conceal(connectionId: string, text: string): string;
  jobs: ReplayJobs;
  deliver: DeliverCall;
  undoMs: number;
  onChanged(dataSourceId: string): void;
  /** Deleted samples could not be removed; the next deletion or start tries again. */
  onSweepFault(error: unknown): void;
}) {
  const { database, table, sampleHeaders, dataSources, catalog } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function rowOf(id: string): SampleRow {
    const row = table.get(id);
    if (!row)
      throw new ProblemError('sample.missing', 'This sample does not exist any more.', { path: 'id' });
    return row;
  }

  function refuseTaken(dataSourceId: string, name: string, but?: string): void {
    const other = table.named(dataSourceId, name);
    if (other && other.id !== but) {
      throw new ProblemError(
        'sample.taken',
        `There is a sample named "${other.name}" already. Type another name.`,
        {
          path: 'name',
        },
      );
    }
  }

  type KeptCall = Pick<SourceCall, 'method' | 'query' | 'headers' | 'body' | 'dataSourceId' | 'connectionId'>;

  function keep(call: KeptCall, name: string): Sample {
    const now = Date.now();
    const id = createId('smp', now);
    const { dataSourceId, method, query, body } = call;
    const headers = sampleHeaders.toStored(id, call.headers);
    transact(database, () => {
      refuseTaken(dataSourceId, name);
      table.insert({
        id,
        data_source_id: dataSourceId,
        name,
        method,
        query,
        headers,
        body,
        created_at: now,
        updated_at: now,
      });
    });
    deps.onChanged(dataSourceId);
    return toSample({ ...rowOf(id), size: body.length });
  }

  /** Without signatures, and without every header that holds a live secret. */
  function withoutSecrets(call: KeptCall): KeptCall {
    const live = deps.verifications.of(dataSources.connection(call.connectionId));
    const signatures = live.schemes.flatMap((scheme) => placesOf(scheme).headers);
    return {
      ...call,
      headers: withoutHeaders(endToEnd(call.headers), ['host', ...signatures]).filter(
        ([, value]) => deps.conceal(call.connectionId, value) === value,
      ),
      query: deps.conceal(call.connectionId, call.query) === call.query ? call.query : '',
    };
  }

  function connectionOf(dataSourceId: string): string {
    const [connection] = dataSources.get(dataSourceId).connections;
    if (!connection) throw new ProblemError('connection.missing', 'This data source has no connection.');
    return connection.id;
  }

  function callOf(row: SampleRow, headers = sampleHeaders.opened(row.id, row.headers)): SourceCall {
    const connectionId = connectionOf(row.data_source_id);
    const { applicationId } = dataSources.connection(connectionId);
    const place = applicationId === undefined ? undefined : catalog.definition(applicationId)?.deliveryId;
    const deliveryId =
      !place || place.perItem
        ? undefined
        : place.header
          ? headerValue(headers, place.header)
          : textAt(parseJsonBody(row.body), (place.path ?? '').replace(/^\$\./, ''));
    return {
      method: row.method,
      pathRest: '',
      query: row.query,
      headers,
      body: row.body,
      dataSourceId: row.data_source_id,
      connectionId,
      deliveryId,
      label: row.name,
      origin: 'sample',
      replayOf: undefined,
      original: undefined,
    };
  }

  function sweep(): void {
    clearTimeout(timer);
    timer = undefined;
    try {
      transact(database, () => table.removeDeletedBefore(Date.now() - deps.undoMs - undoGraceMs));
    } catch (error) {
      deps.onSweepFault(error);
    }
  }

  return {
    list: (dataSourceId: string | undefined): Sample[] => table.list(dataSourceId).map(toSample),
    get(id: string): SampleDetail {
      const row = rowOf(id);
      const headers = sampleHeaders.shown(row.headers);
      return { ...toSample({ ...row, size: row.body.length }), ...partsOf(row), headers };
    },

    async save(captureId: string, name: string): Promise<Sample> {
      const capture = deps.capturesTable.get(captureId);
      if (!capture) {
        throw new ProblemError('capture.missing', 'This call does not exist. It may have been deleted.', {
          path: 'captureId',
        });
      }
      const body = await deps.captures.body(captureId);
      if (body.length === 0 && capture.size > 0) {
        throw new ProblemError('replay.invalid', 'The body of this call was not kept when it was refused.', {
          path: 'captureId',
        });
      }
      const call = withoutSecrets(sourceCallOf(capture, body));
      return keep(call, name);
    },

    /** A sample that is given whole. @throws ProblemError dataSource.missing, sample.taken, replay.invalid */
    add({ dataSourceId, name, base64, ...parts }: CallInput<'samples.add'>): Sample {
      const connectionId = connectionOf(dataSourceId);
      const body = Buffer.from(base64, 'base64');
      if (body.length > mostSampleBytes) throw tooLarge('base64');
      return keep(withoutSecrets({ ...parts, body, dataSourceId, connectionId }), name);
    },

    update(id: string, change: { name?: string | undefined; edit?: CallEdit | undefined }): Sample {
      const row = rowOf(id);
      const { edit } = change;
      refuseRevealing(sampleHeaders.shown(row.headers), edit);
      // A secret that is typed anew, or left out, need not be readable.
      const isNeeded = (index: number) =>
        edit?.headers?.some(({ value, received }) => value === undefined && received === index) ?? true;
      const before = callOf(row, sampleHeaders.opened(id, row.headers, isNeeded));
      const call = edit ? editCall(before, edit) : before;
      if (call.body.length > mostSampleBytes) throw tooLarge('edit.body');
      const name = change.name ?? row.name;
      transact(database, () => {
        refuseTaken(row.data_source_id, name, id);
        table.update({
          id,
          name,
          method: call.method,
          query: call.query,
          headers: sampleHeaders.toStored(id, call.headers),
          body: call.body,
          updated_at: Date.now(),
        });
      });
      deps.onChanged(row.data_source_id);
      return toSample({ ...rowOf(id), size: call.body.length });
    },

    delete(id: string): string {
      const row = rowOf(id);
      const now = Date.now();
      transact(database, () => table.setDeleted(id, now));
      timer ??= setTimeout(sweep, deps.undoMs + undoGraceMs).unref();
      deps.onChanged(row.data_source_id);
      return new Date(now + deps.undoMs).toISOString();
    },

    restore(id: string): Sample {
      const row = rowOf(id);
      transact(database, () => {
        refuseTaken(row.data_source_id, row.name, id);
        table.setDeleted(id, undefined);
      });
      deps.onChanged(row.data_source_id);
      return toSample({ ...row, size: row.body.length });
    },

    fire(input: {
      dataSourceId: string;
      name: string;
      target?: ReplayTarget | undefined;
      options?: ReplayOptions | undefined;
    }): ReplayJob {
      dataSources.require(input.dataSourceId);
      const row = table.named(input.dataSourceId, input.name);
      if (!row) {
        throw new ProblemError('sample.missing', `This data source has no sample named "${input.name}".`, {
          path: 'name',
        });
      }
      const target = input.target ?? { kind: 'receiver' };
      const fault = target.kind === 'url' ? targetFault(target.url) : undefined;
      if (fault !== undefined) throw new ProblemError('replay.invalid', fault, { path: 'target.url' });
      const options: ReplayOptions = { signing: 'again', runsModules: true, ...input.options };
      const call = callOf(row);
      return deps.jobs.begin({
        kind: 'sample',
        title: row.name,
        target,
        options,
        total: options.repeat ?? 1,
        pace: options,
        planned: (number) => ({
          facts: {
            data_source_id: row.data_source_id,
            capture_id: null,
            round: number,
            label: row.name,
            original: null,
            due_ms: null,
          },
          send: (signal) => deps.deliver(call, target, options, signal),
        }),
      });
    },

    sweep,
    stop: () => clearTimeout(timer),
  };
}

export type Samples = ReturnType<typeof createSamples>;

function toSample(row: ListedSample): Sample {
  const headers = JSON.parse(row.headers) as [string, string][];
  return {
    id: row.id,
    dataSourceId: row.data_source_id,
    name: row.name,
    method: row.method,
    contentType: headers.find(isNamed('content-type'))?.[1],
    size: row.size,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

/** A secret that is kept under another name would be shown from then on. */
function refuseRevealing(before: SampleDetail['headers'], edit: CallEdit | undefined): void {
  for (const [at, { name, value, received }] of (edit?.headers ?? []).entries()) {
    const was = value === undefined && received !== undefined ? before[received] : undefined;
    if (!was?.concealed || was.name.toLowerCase() === name.toLowerCase()) continue;
    throw new ProblemError('replay.invalid', `Type the value of ${name}: that of ${was.name} is a secret.`, {
      path: `edit.headers.${at}.value`,
    });
  }
}

function tooLarge(path: string): ProblemError {
  return new ProblemError('replay.invalid', 'The body of a sample has at most 25 MiB.', { path });
}

function partsOf(row: SampleRow): Pick<SampleDetail, 'query' | 'bodyText' | 'base64'> {
  const parts = { query: row.query };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { ...parts, bodyText: decoder.decode(row.body) };
  } catch {
    return { ...parts, base64: Buffer.from(row.body).toString('base64') };
  }
}
