// Takes exported calls in: the file is uploaded, checked whole, then its calls are stored like calls that came, with their own times, behind
// those that are there. An uploaded file is gone with the process: only what was taken in stays.
import { type Caller, type CallInput, type CallOutput, type CaptureFile, ProblemError } from '#contract';
import { packBody } from '../captures/body-packing.ts';
import type { CapturesTable, NewCapture } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import type { GiveWay } from '../give-way.ts';
import { createId } from '../ids.ts';
import type { ImportFiles } from '../imports/import-files.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { type Database, transact } from '../store/database.ts';
import { runCaptureFile } from './capture-file-lane.ts';
import { bytesOf, type CaptureRecord } from './capture-record.ts';

interface Target {
  dataSourceId: string;
  connectionId: string;
  applicationId: string | undefined;
}

const mostFiles = 5;
const maxBytes = 2 * 1024 * 1024 * 1024;
const idsTold = 20;

export function createCaptureImports(deps: {
  database: Database;
  capturesTable: CapturesTable;
  files: ImportFiles;
  dataSources: DataSources;
  catalog: Catalog;
  reader: PayloadReader;
  changes: Changes;
  giveWay: GiveWay;
  wake(dataSourceId: string): void;
}) {
  const { database, capturesTable, files, dataSources, catalog, reader, changes } = deps;
  const known = new Map<string, CaptureFile>();
  const busy = new Set<string>();
  /** How many calls of a file are in already, where a fault or a cancel ended it in the middle: it goes on behind them. */
  const takenIn = new Map<string, { calls: number; targets: Map<string, Target> }>();

  function fileOf(id: string): CaptureFile {
    const file = known.get(id);
    if (!file) {
      throw new ProblemError(
        'captureFile.missing',
        'This upload does not exist any more. Choose the file again.',
        {
          path: 'id',
        },
      );
    }
    return file;
  }

  async function forget(id: string): Promise<void> {
    known.delete(id);
    takenIn.delete(id);
    await files.remove(id);
  }

  async function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (busy.has(id)) {
      throw new ProblemError('captureFile.refused', 'This file is being read already.', { retry: true });
    }
    busy.add(id);
    try {
      return await work();
    } finally {
      busy.delete(id);
    }
  }

  async function check(id: string, signal: AbortSignal): Promise<CaptureFile> {
    const file = fileOf(id);
    if (file.received !== file.size) {
      const message = `${file.received.toLocaleString('en')} of ${file.size.toLocaleString('en')} bytes have arrived.`;
      throw new ProblemError('captureFile.refused', `${message} Send the rest first.`);
    }
    await files.seal(id);
    const content = await runCaptureFile({ file: files.pathOf(id), mode: 'check' }, async () => {}, signal);
    if (content.calls === 0) throw new ProblemError('captureFile.refused', 'The file holds no call.');
    const checkedFile = { ...file, content };
    known.set(id, checkedFile);
    return checkedFile;
  }

  function targetOf(dataSourceId: string): Target {
    const source = dataSources.get(dataSourceId);
    const [connection] = source.connections;
    if (!connection) throw new Error('The data source has no connection.');
    return { dataSourceId, connectionId: connection.id, applicationId: source.applicationId };
  }

  function newTarget(source: CaptureRecord['source'], via: Caller): Target {
    const applicationId =
      source.applicationId !== undefined && catalog.get(source.applicationId)
        ? source.applicationId
        : undefined;
    const { id } = dataSources.create(
      {
        kind: applicationId === undefined ? 'custom' : 'cloudApplication',
        applicationId,
        name: `${source.name.slice(0, 108)} (imported)`,
      },
      via,
    );
    return targetOf(id);
  }

  async function captureOf(record: CaptureRecord, target: Target): Promise<NewCapture> {
    const bytes = bytesOf(record);
    const encoding = record.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
    const definition =
      target.applicationId === undefined ? undefined : catalog.definition(target.applicationId);
    // Judged anew: what a file says of its calls is not believed.
    const checked =
      record.outcome === 'accepted'
        ? await reader.check(
            {
              key: '',
              body: bytes,
              contentType: record.contentType,
              contentEncoding: encoding,
              headers: record.headers,
              query: record.query,
            },
            { eventType: definition?.eventType },
          )
        : undefined;
    const outcome = checked && !checked.ok ? 'rejected' : record.outcome;
    const rejection = checked && !checked.ok ? checked.rejection : record.rejection;
    const notes = checked?.ok ? checked.notes : record.notes;
    return {
      id: createId('cap'),
      data_source_id: target.dataSourceId,
      connection_id: target.connectionId,
      received_at: Date.parse(record.receivedAt),
      method: record.method,
      path: record.path,
      query: record.query,
      headers: JSON.stringify(record.headers),
      content_type: record.contentType ?? null,
      format: checked?.format ?? record.format,
      size: bytes.length,
      outcome,
      status: record.status,
      event_type: (checked?.ok ? checked.eventType : undefined) ?? record.eventType ?? null,
      delivery_id: record.deliveryId ?? null,
      item_count: checked?.ok ? checked.elements : 0,
      index_state: outcome === 'accepted' ? 'waiting' : 'none',
      rejection: outcome === 'rejected' && rejection ? JSON.stringify(rejection) : null,
      notes: JSON.stringify(
        record.masked ? [...notes, 'Imported from a file in which values were masked.'] : notes,
      ),
      verification: null,
      found: null,
      origin: 'import',
      runs_modules: 0,
      body: await packBody(bytes, encoding !== undefined),
    };
  }

  return {
    async begin({ fileName, size }: CallInput<'captureFiles.begin'>): Promise<CaptureFile> {
      if (size > maxBytes) throw new ProblemError('captureFile.refused', 'A file may have at most 2 GiB.');
      if ((await files.freeBytes()) < size * 2) {
        throw new ProblemError('captureFile.refused', 'There is not enough room on the disk for this file.');
      }
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - mostFiles + 1))) {
        if (!busy.has(id)) await forget(id);
      }
      const file: CaptureFile = { id: createId('fil'), fileName, size, received: 0 };
      known.set(file.id, file);
      return file;
    },

    async append({ id, offset, base64 }: CallInput<'captureFiles.append'>): Promise<number> {
      const file = fileOf(id);
      if (offset !== file.received) {
        throw new ProblemError('captureFile.refused', `${file.received} bytes have arrived; go on there.`, {
          path: 'offset',
        });
      }
      const bytes = Buffer.from(base64, 'base64');
      const received = file.received + bytes.length;
      if (received > file.size) {
        throw new ProblemError('captureFile.refused', 'More bytes came than the file was said to have.');
      }
      known.set(id, { ...file, received });
      await files.append(id, bytes);
      return received;
    },

    check: (id: string, signal: AbortSignal): Promise<CaptureFile> => alone(id, () => check(id, signal)),

    /** @throws ProblemError captureFile.refused, captureFile.missing, dataSource.missing */
    apply({ id, dataSourceId }: CallInput<'captureFiles.apply'>, signal: AbortSignal, via: Caller) {
      return alone(id, async (): Promise<CallOutput<'captureFiles.apply'>> => {
        const one = dataSourceId === undefined ? undefined : targetOf(dataSourceId);
        // Nothing is made before the whole file is known to be good.
        const file = fileOf(id).content ? fileOf(id) : await check(id, signal);
        const progress = takenIn.get(id) ?? { calls: 0, targets: new Map<string, Target>() };
        takenIn.set(id, progress);
        const { targets } = progress;
        let seen = 0;
        async function take(records: CaptureRecord[]): Promise<void> {
          signal.throwIfAborted();
          const fresh = records.slice(Math.max(0, progress.calls - seen));
          seen += records.length;
          const captures: NewCapture[] = [];
          for (const record of fresh) {
            const target = one ?? targets.get(record.source.name) ?? newTarget(record.source, via);
            targets.set(record.source.name, target);
            captures.push(await captureOf(record, target));
          }
          transact(database, () => {
            for (const capture of captures) capturesTable.insert(capture);
          });
          progress.calls += captures.length;
          const total = file.content?.calls ?? progress.calls;
          changes.tell('captureFiles.progressed', { id, done: progress.calls, total });
          for (const { dataSourceId: sourceId } of new Set(targets.values())) {
            const ids = captures.filter((each) => each.data_source_id === sourceId).map((each) => each.id);
            if (ids.length === 0) continue;
            const told = ids.reverse().slice(0, idsTold);
            changes.tell('captures.received', { dataSourceId: sourceId, ids: told, count: ids.length });
            changes.tell('dataSources.changed', { id: sourceId });
            deps.wake(sourceId);
          }
          await deps.giveWay();
        }
        await runCaptureFile({ file: files.pathOf(id), mode: 'apply' }, take, signal);
        await forget(id);
        const { calls } = progress;
        return {
          calls,
          dataSourceIds: [...new Set([...targets.values()].map((target) => target.dataSourceId))],
        };
      });
    },

    async drop(id: string): Promise<void> {
      fileOf(id);
      if (busy.has(id)) {
        throw new ProblemError('captureFile.refused', 'This file is being read; cancel that first.', {
          retry: true,
        });
      }
      await forget(id);
    },

    async stop(): Promise<void> {
      await files.closeAll();
    },
  };
}

export type CaptureImports = ReturnType<typeof createCaptureImports>;
