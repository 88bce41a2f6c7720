// Captures as the screens and the scripts read them. The receiver writes; nothing here changes a capture.
import {
  type CallVerification,
  type Capture,
  type CaptureNeedingAttention,
  type CaptureSummary,
  type CaptureView,
  type FoundInCall,
  type FoundPlaces,
  type Outcome,
  type PayloadNode,
  ProblemError,
  type Rejection,
} from '#contract';
import type { PayloadReader, PayloadSource, UnwrapSteps } from '../payloads/payload-reader.ts';
import type { AttentionTable } from './attention-table.ts';
import { unpackBody } from './body-packing.ts';
import type { CaptureMarksTable } from './capture-marks-table.ts';
import type { CaptureRow, CapturesTable, ListedCapture } from './captures-table.ts';

export interface StoredCapture {
  row: CaptureRow;
  source: PayloadSource;
}

export function createCaptures(deps: {
  table: CapturesTable;
  reader: PayloadReader;
  /** Takes the live secrets of a connection out of a text that is shown. */
  conceal(connectionId: string, text: string): string;
  attention: AttentionTable;
  marks: Pick<CaptureMarksTable, 'of'>;
}) {
  const { table, attention, reader, marks } = deps;

  function rowOf(id: string): CaptureRow {
    const row = table.get(id);
    if (!row) {
      throw new ProblemError('capture.missing', 'This call does not exist. It may have been deleted.', {
        path: 'id',
      });
    }
    return row;
  }

  async function bodyOf(id: string): Promise<Uint8Array> {
    const packed = table.body(id);
    return packed ? await unpackBody(packed) : new Uint8Array();
  }

  /** The stored call in the shape that the payload reader takes. */
  async function sourceOf(row: CaptureRow): Promise<PayloadSource> {
    const headers = JSON.parse(row.headers) as [string, string][];
    return {
      key: row.id,
      body: await bodyOf(row.id),
      contentType: row.content_type ?? undefined,
      contentEncoding: headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1],
      headers,
      query: row.query,
      eventType: row.event_type ?? undefined,
    };
  }

  /** Rows of calls as lists show them, with what the user marked. */
  function summaries(rows: readonly ListedCapture[]): CaptureSummary[] {
    const marked = marks.of(rows.map(({ sequence }) => sequence));
    return rows.map((row) => ({ ...toSummary(row), ...marked.get(row.sequence) }));
  }

  return {
    list(input: {
      dataSourceId?: string | undefined;
      outcome?: Outcome | undefined;
      limit?: number | undefined;
      before?: string | undefined;
      after?: number | undefined;
    }): { captures: CaptureSummary[]; next?: string } {
      const limit = input.limit ?? 50;
      const before = sequenceOf(input.before);
      const rows = table.page({ ...input, before, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        captures: summaries(shown),
        ...(rows.length > limit && last ? { next: String(last.sequence) } : {}),
      };
    },
    summaries,

    /** The calls of which elements have no id, newest first, with the reasons. */
    needingAttention(input: {
      dataSourceId: string;
      limit?: number | undefined;
      before?: string | undefined;
    }): { captures: CaptureNeedingAttention[]; next?: string } {
      const limit = input.limit ?? 50;
      const rows = attention.page(input.dataSourceId, sequenceOf(input.before), limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        captures: shown.map((row) => ({
          ...toSummary(row),
          elements: row.elements,
          lacking: row.lacking,
          reasons: JSON.parse(row.reasons) as CaptureNeedingAttention['reasons'],
        })),
        ...(rows.length > limit && last ? { next: String(last.sequence) } : {}),
      };
    },

    async find(
      id: string,
      text: string,
      after: number,
      signal: AbortSignal,
      unwrap?: UnwrapSteps,
    ): Promise<FoundPlaces> {
      return await reader.find(await sourceOf(rowOf(id)), text, after, signal, unwrap);
    },

    async value(id: string, path: string, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
      return await reader.value(await sourceOf(rowOf(id)), path, signal);
    },

    get(id: string): Capture {
      const row = rowOf(id);
      return {
        ...(summaries([row])[0] as CaptureSummary),
        headers: (JSON.parse(row.headers) as [string, string][]).map(([name, value]) => [
          name,
          deps.conceal(row.connection_id, value),
        ]),
        query: deps.conceal(row.connection_id, row.query),
        notes: JSON.parse(row.notes) as string[],
      };
    },

    async body(id: string): Promise<Uint8Array> {
      rowOf(id);
      return await bodyOf(id);
    },

    async view(id: string, signal: AbortSignal, unwrap?: UnwrapSteps): Promise<CaptureView> {
      return await reader.view(await sourceOf(rowOf(id)), signal, unwrap);
    },

    async children(
      id: string,
      path: string,
      offset: number,
      limit: number,
      signal: AbortSignal,
      unwrap?: UnwrapSteps,
    ): Promise<{ nodes: PayloadNode[]; total: number }> {
      return await reader.children(await sourceOf(rowOf(id)), path, offset, limit, signal, unwrap);
    },

    /** The call to map from: the one asked for, else the newest accepted one. Undefined where none came yet. */
    async forMapping(
      dataSourceId: string,
      captureId: string | undefined,
    ): Promise<StoredCapture | undefined> {
      const row = captureId === undefined ? table.newestAccepted(dataSourceId) : rowOf(captureId);
      if (!row) return undefined;
      if (row.data_source_id !== dataSourceId) {
        throw new ProblemError('capture.missing', 'This call belongs to another data source.', {
          path: 'captureId',
        });
      }
      return { row, source: await sourceOf(row) };
    },
    sourceOf,
  };
}

export type Captures = ReturnType<typeof createCaptures>;

export function sequenceOf(before: string | undefined): number {
  const sequence = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before);
  if (Number.isSafeInteger(sequence)) return sequence;
  throw new ProblemError('input.invalid', 'before must be the "next" of an earlier page.', {
    path: 'before',
  });
}

function toSummary(row: ListedCapture): CaptureSummary {
  return {
    id: row.id,
    dataSourceId: row.data_source_id,
    connectionId: row.connection_id,
    sequence: row.sequence,
    receivedAt: new Date(row.received_at).toISOString(),
    method: row.method,
    path: row.path,
    contentType: row.content_type ?? undefined,
    format: row.format,
    size: row.size,
    outcome: row.outcome,
    status: row.status,
    answeredInMs: row.answered_us === null ? undefined : row.answered_us / 1000,
    eventType: row.event_type ?? undefined,
    origin: row.origin,
    replayOf: row.replay_of ?? undefined,
    runsModules: row.runs_modules === 1,
    itemCount: row.item_count,
    indexState: row.index_state,
    rejection: row.rejection === null ? undefined : (JSON.parse(row.rejection) as Rejection),
    verification: row.verification === null ? undefined : (JSON.parse(row.verification) as CallVerification),
    found: row.found === null ? undefined : (JSON.parse(row.found) as FoundInCall),
  };
}
