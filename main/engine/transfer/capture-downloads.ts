// Captures as a file, newest first: all that pass a filter or the named ones, with secrets masked unless somebody asks otherwise.
import {
  type CallInput,
  type CallOutput,
  type CaptureSummary,
  type EventData,
  ProblemError,
} from '#contract';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { Downloads } from '../downloads/downloads.ts';
import { compilePath } from '../mapping/compile-path.ts';
import { isMaskSource } from '../payloads/mask-body.ts';
import type { PayloadReader, PayloadSource } from '../payloads/payload-reader.ts';
import { captureFileWriters } from './capture-file.ts';
import { type CaptureRecord, recordOf } from './capture-record.ts';
import { maskRecord } from './mask-record.ts';
import { maskedBody } from './masked-body.ts';

type Choice = Pick<CallInput<'captures.export'>, 'ids' | 'dataSourceId' | 'outcome' | 'query'>;
type Masks = Pick<CallInput<'captures.export'>, 'unmasked' | 'maskPaths'>;

const callsAtOnce = 50;

export function createCaptureDownloads(deps: {
  downloads: Downloads;
  list(
    input: Omit<Choice, 'ids'> & { limit: number; before?: string | undefined },
    signal: AbortSignal,
  ): Promise<{ captures: CaptureSummary[]; next?: string }> | { captures: CaptureSummary[]; next?: string };
  rowOf(id: string): CaptureRow | undefined;
  sourceOf(row: CaptureRow): Promise<PayloadSource>;
  nameOf(dataSourceId: string): CaptureRecord['source'];
  conceal(connectionId: string, text: string): string;
  reader: PayloadReader;
  /** How many calls a filter without search has; undefined where nobody counted. */
  countOf(choice: Choice): number | undefined;
  tell(news: EventData<'captures.exported'>): void;
}) {
  async function recordFor(row: CaptureRow, masks: Masks, signal: AbortSignal): Promise<CaptureRecord> {
    const source = await deps.sourceOf(row);
    const record = recordOf(row, deps.nameOf(row.data_source_id), source.body);
    if (masks.unmasked) return record;
    const masked = maskRecord(record, (text) => deps.conceal(row.connection_id, text));
    const body = await maskedBody(deps.reader, source, masks.maskPaths ?? [], signal);
    if (body === undefined) return masked;
    const { base64: _unreadable, ...rest } = masked;
    return {
      ...rest,
      text: deps.conceal(row.connection_id, body),
      // The text is written anew: what it was packed in is gone.
      headers: masked.headers.filter(([name]) => !/^content-(encoding|length)$/i.test(name)),
    };
  }

  async function* pagesOf(choice: Choice, signal: AbortSignal): AsyncGenerator<readonly string[]> {
    if (choice.ids) {
      yield choice.ids;
      return;
    }
    const { dataSourceId, outcome, query } = choice;
    let before: string | undefined;
    do {
      const page = await deps.list({ dataSourceId, outcome, query, limit: callsAtOnce, before }, signal);
      yield page.captures.map(({ id }) => id);
      before = page.next;
    } while (before !== undefined);
  }

  return {
    ticketFor(input: CallInput<'captures.download'>): CallOutput<'captures.download'> {
      refuseWrongMasks(input);
      const writer = captureFileWriters[input.format];
      return deps.downloads.ticketFor({
        fileName: `Hookbench calls ${new Date().toISOString().slice(0, 10)}.${writer.extension}`,
        contentType: writer.contentType,
        tell: deps.tell,
        unexpected: 'The calls could not be read to the end.',
        async *parts(signal, progress) {
          const total = input.ids?.length ?? deps.countOf(input) ?? 0;
          let done = 0;
          let written = 0;
          yield writer.head;
          for await (const ids of pagesOf(input, signal)) {
            for (const id of ids) {
              signal.throwIfAborted();
              const row = deps.rowOf(id);
              done += 1;
              // Deleted since: retention goes on meanwhile.
              if (!row) continue;
              yield writer.capture(await recordFor(row, input, signal), written === 0);
              written += 1;
              progress(done, total);
            }
          }
          yield writer.tail;
        },
      });
    },

    /** A page of NDJSON for scripts. */
    async exportPage(
      input: CallInput<'captures.export'>,
      signal: AbortSignal,
    ): Promise<CallOutput<'captures.export'>> {
      refuseWrongMasks(input);
      const { ids, dataSourceId, outcome, query, before, limit = 100 } = input;
      const page = ids
        ? { captures: ids.map((id) => ({ id })), next: undefined }
        : await deps.list({ dataSourceId, outcome, query, limit, before }, signal);
      const lines: string[] = [];
      for (const { id } of page.captures) {
        const row = deps.rowOf(id);
        if (row) lines.push(captureFileWriters.ndjson.capture(await recordFor(row, input, signal), false));
      }
      return {
        ndjson: lines.join(''),
        count: lines.length,
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },
  };
}

/**
 * A path that selects nothing by mistake would leave the value in the file.
 * @throws ProblemError input.invalid
 */
function refuseWrongMasks({ maskPaths = [] }: Masks): void {
  for (const [i, path] of maskPaths.entries()) {
    const compiled = compilePath(path);
    if (compiled.ok && isMaskSource(compiled.path.source)) continue;
    const why = compiled.ok
      ? 'It leads to a header or a parameter. Those are masked by their names.'
      : compiled.message;
    throw new ProblemError('input.invalid', `"${path}" cannot be masked: ${why}`, {
      path: `maskPaths.${i}`,
      ...(compiled.ok ? {} : { at: { offset: compiled.position, length: 1 } }),
    });
  }
}

export type CaptureDownloads = ReturnType<typeof createCaptureDownloads>;
