// Replays of captures: chosen, edited, put in order, sent. History is never edited: a replay is a new capture or attempt that points at the
// old one.
import {
  type CallChanges,
  type CallDraft,
  type CallEdit,
  mostReplayed,
  ProblemError,
  type ReplayJob,
  type ReplayOptions,
  type ReplaySelection,
  type ReplayTarget,
} from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { ConnectionVerifications } from '../connections/connection-verification.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { draftOf } from './call-draft.ts';
import { type CallChange, compileChanges } from './change-call.ts';
import type { DeliverCall } from './deliver-call.ts';
import type { ReplayJobs } from './replay-jobs.ts';
import type { PlannedCall } from './run-job.ts';
import { orderOf, type SelectCaptures } from './select-captures.ts';
import { editCall, type SourceCall, sourceCallOf } from './source-call.ts';
import { targetFault } from './target-url.ts';

const notKept =
  'The body of this call was not kept when it was refused, so it cannot be sent again. Edit it and give it a body.';
const wasDeleted = 'This call has been deleted since.';

export function createReplays(deps: {
  captures: Captures;
  capturesTable: CapturesTable;
  catalog: Catalog;
  dataSources: DataSources;
  verifications: ConnectionVerifications;
  conceal(connectionId: string, text: string): string;
  jobs: ReplayJobs;
  select: SelectCaptures;
  deliver: DeliverCall;
}) {
  const { captures, capturesTable, catalog, dataSources, verifications, jobs } = deps;

  async function load(row: CaptureRow): Promise<{ call: SourceCall; bodyKept: boolean }> {
    const body = await captures.body(row.id);
    return { call: sourceCallOf(row, body), bodyKept: body.length > 0 || row.size === 0 };
  }

  function planned(
    id: string,
    round: number,
    target: ReplayTarget,
    edit: CallEdit | undefined,
    change: CallChange | undefined,
    options: ReplayOptions,
  ): PlannedCall {
    const row = capturesTable.get(id);
    const call = row && sourceCallOf(row, new Uint8Array());
    return {
      facts: {
        data_source_id: row?.data_source_id ?? null,
        capture_id: id,
        round,
        label: call?.label ?? '',
        original: call?.original ? JSON.stringify(call.original) : null,
        due_ms: null,
      },
      async send(signal) {
        if (!row) return { state: 'skipped', failure: wasDeleted };
        if (target.kind === 'mapping' && row.method === 'MANUAL') {
          return { state: 'skipped', failure: 'This item was typed in by hand. Edit it under View Data.' };
        }
        const loaded = await load(row);
        if (!loaded.bodyKept && edit?.body === undefined) return { state: 'skipped', failure: notKept };
        const edited = edit ? editCall(loaded.call, edit) : loaded.call;
        const changed = change?.(edited) ?? { call: edited };
        if ('impossible' in changed) return { state: 'skipped', failure: changed.impossible };
        return await deps.deliver(changed.call, target, options, signal);
      },
    };
  }

  return {
    async start(
      input: {
        captures: ReplaySelection;
        target: ReplayTarget;
        edit?: CallEdit | undefined;
        changes?: CallChanges | undefined;
        options?: ReplayOptions | undefined;
      },
      signal: AbortSignal,
    ): Promise<ReplayJob> {
      const { target, edit, options = {} } = input;
      const fault = target.kind === 'url' ? targetFault(target.url) : undefined;
      if (fault !== undefined) throw new ProblemError('replay.invalid', fault, { path: 'target.url' });
      const change = input.changes && compileChanges(input.changes);
      const ids = await deps.select(input.captures, signal);
      if (ids.length === 0) {
        throw new ProblemError('replay.invalid', 'No call fits. Nothing was sent.', { path: 'captures' });
      }
      if (edit && ids.length > 1) {
        throw new ProblemError('replay.invalid', 'An edit is for one call. Choose a single one.', {
          path: 'edit',
        });
      }
      if (ids.length === 1 && !capturesTable.get(ids[0] ?? '')) {
        throw new ProblemError('capture.missing', 'This call does not exist. It may have been deleted.', {
          path: 'captures',
        });
      }
      const rounds = options.repeat ?? 1;
      const total = ids.length * rounds;
      if (total > mostReplayed) {
        throw new ProblemError(
          'replay.invalid',
          `${ids.length.toLocaleString('en')} calls ${rounds} times are more than ${mostReplayed.toLocaleString('en')}. Choose fewer.`,
          { path: 'options.repeat' },
        );
      }
      const order = orderOf(ids.length, rounds, options.order ?? 'received');
      const sentOf = new Uint32Array(ids.length);
      return jobs.begin({
        kind: 'replay',
        title: titleOf(
          ids.length,
          ids.length === 1 ? capturesTable.get(ids[0] ?? '') : undefined,
          edit !== undefined || change !== undefined,
        ),
        target,
        options,
        total,
        pace: options,
        planned(number) {
          const place = order[number - 1] ?? 0;
          const round = (sentOf[place] ?? 0) + 1;
          sentOf[place] = round;
          return planned(ids[place] ?? '', round, target, edit, change, options);
        },
      });
    },

    count: async (selection: ReplaySelection, signal: AbortSignal): Promise<number> =>
      (await deps.select(selection, signal)).length,

    async draft(captureId: string): Promise<CallDraft> {
      const row = capturesTable.get(captureId);
      if (!row) {
        throw new ProblemError('capture.missing', 'This call does not exist. It may have been deleted.', {
          path: 'captureId',
        });
      }
      const { call, bodyKept } = await load(row);
      const connection = dataSources.connection(row.connection_id);
      return draftOf(row, call, {
        live: verifications.of(connection),
        definition:
          connection.applicationId === undefined ? undefined : catalog.definition(connection.applicationId),
        conceal: (text) => deps.conceal(row.connection_id, text),
        bodyKept,
      });
    },
  };
}

export type Replays = ReturnType<typeof createReplays>;

function titleOf(count: number, row: CaptureRow | undefined, isEdited: boolean): string {
  const what = row ? (row.event_type ?? row.method) : `${count.toLocaleString('en')} calls`;
  return isEdited ? `${what}, edited` : what;
}
