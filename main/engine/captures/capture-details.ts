// One call in depth: its bytes in pieces, what it led to, what was answered, and itself in the form of other programs.
import {
  type Capture,
  type CaptureRelated,
  type CaptureSummary,
  type CopyForm,
  ProblemError,
} from '#contract';
import { unpackStart } from './body-packing.ts';
import type { Captures } from './captures.ts';
import type { CapturesTable, ListedCapture } from './captures-table.ts';
import { copyAs } from './copy-as/copy-as.ts';
import type { RelatedTable } from './related-table.ts';

/** What is shown of a large body before it is read as a whole. */
const startBytes = 64 * 1024;
const mostShown = 50;
/** Items of which other calls are sought. */
const itemsFollowed = 5;
/** Longer commands are pasted nowhere. */
const longestCopiedBytes = 2 * 1024 * 1024;
/** The body that was looked at last is kept unpacked for the next pieces. */
const keptMs = 30_000;

export function createCaptureDetails(deps: {
  captures: Captures;
  table: CapturesTable;
  related: RelatedTable;
  conceal(connectionId: string, text: string): string;
  /** The answer as it was sent, from what was kept of it. */
  answerFrom(
    call: { method: string; status: number },
    kept: string,
  ): { headers: [string, string][]; body: string };
  /** How long the application of a data source waits for an answer. */
  limitMsOf(dataSourceId: string): number | undefined;
  /** The webhook URL of a connection on this computer. */
  localUrlOf(dataSourceId: string, connectionId: string): string | undefined;
}) {
  const { captures, table, related } = deps;
  let kept: { id: string; body: Promise<Uint8Array> } | undefined;
  let keptTimer: NodeJS.Timeout | undefined;

  function bodyOf(id: string): Promise<Uint8Array> {
    if (kept?.id !== id) kept = { id, body: captures.body(id) };
    clearTimeout(keptTimer);
    keptTimer = setTimeout(() => {
      kept = undefined;
    }, keptMs);
    keptTimer.unref();
    kept.body.catch(() => {
      kept = undefined;
    });
    return kept.body;
  }

  const summaries = (rows: readonly ListedCapture[]): CaptureSummary[] => captures.summaries(rows);

  return {
    async bytes(id: string, offset: number, length: number): Promise<{ base64: string; total: number }> {
      const body = await bodyOf(id);
      return {
        base64: Buffer.from(body.subarray(offset, offset + length)).toString('base64'),
        total: body.length,
      };
    },

    /** Empty where the sender compressed the body: then nothing of it can be read before it is whole. */
    async start(id: string): Promise<{ text: string; cut: boolean }> {
      const capture = captures.get(id);
      const isPacked = capture.headers.some(
        ([name, value]) => name.toLowerCase() === 'content-encoding' && value.toLowerCase() !== 'identity',
      );
      const stored = isPacked ? undefined : table.bodyStart(id, startBytes);
      if (!stored) return { text: '', cut: capture.size > 0 };
      const bytes = await unpackStart(stored, startBytes);
      return { text: new TextDecoder().decode(bytes), cut: bytes.length < capture.size };
    },

    related(id: string): CaptureRelated {
      const capture = captures.get(id);
      const row = table.get(id);
      if (!row)
        throw new ProblemError('capture.missing', 'This call does not exist. It may have been deleted.', {
          path: 'id',
        });
      const items = related.made(id, mostShown);
      const sameItem = new Map(
        items
          .slice(0, itemsFollowed)
          .flatMap((item) => related.sameItem(item.id, id, mostShown))
          .map((each) => [each.id, each]),
      );
      const newestFirst = [...sameItem.values()]
        .sort((left, right) => right.sequence - left.sequence)
        .slice(0, mostShown);
      const kept = row.answer === null ? undefined : deps.answerFrom(row, row.answer);
      return {
        timeline: {
          receivedAt: capture.receivedAt,
          storedInMs: row.stored_us === null ? undefined : row.stored_us / 1000,
          answeredInMs: capture.answeredInMs,
          limitMs: deps.limitMsOf(row.data_source_id),
        },
        answer: kept && { ...kept, status: row.status, body: deps.conceal(row.connection_id, kept.body) },
        items: items.map((item) => ({
          id: item.id,
          externalId: item.external_id,
          title: item.title,
          version: item.version,
          changed: JSON.parse(item.changed) as string[],
        })),
        duplicates: summaries(related.sameDelivery(row, mostShown)),
        sameItems: summaries(newestFirst),
        replays: summaries(related.replays(id, mostShown)),
        runs: related.runs(id, mostShown).map((run) => ({
          id: run.id,
          moduleId: run.module_id,
          moduleName: run.module_name,
          state: run.state,
          startedAt: new Date(run.started_at).toISOString(),
          tookMs: run.ended_at === null ? undefined : run.ended_at - run.started_at,
        })),
      };
    },

    /**
     * A body that is too long for a command is read by it from a file `bodyFile`, which the caller makes of the body.
     * @throws ProblemError capture.missing, payload.unreadable
     */
    async copyAs(
      id: string,
      form: CopyForm,
    ): Promise<{ text?: string; base64?: string; bodyFile?: string; masked: string[] }> {
      const capture = captures.get(id);
      const isLong = capture.size > longestCopiedBytes;
      if (isLong && form === 'raw') {
        throw new ProblemError(
          'payload.unreadable',
          `The body has ${capture.size.toLocaleString('en')} bytes; at most ${longestCopiedBytes.toLocaleString('en')} are copied with a call. Copy it as cURL, fetch, Python or HTTPie: those read the body from a file that is saved beside.`,
        );
      }
      const body = await bodyOf(id);
      if (body.length < capture.size) {
        throw new ProblemError(
          'payload.unreadable',
          'The body of this call was not kept, so it cannot be copied as a request.',
        );
      }
      const bodyFile = isLong ? `${id}.body` : undefined;
      const made = copyAs(form, {
        method: capture.method,
        url: urlOf(capture),
        headers: capture.headers,
        body,
        bodyFile,
      });
      const masked = maskedIn(capture, id);
      return 'text' in made
        ? { text: made.text, ...(bodyFile !== undefined && { bodyFile }), masked }
        : { base64: Buffer.from(made.bytes).toString('base64'), masked };
    },
  };

  /** The present address of the connection, since the one of an old call may be gone; with what stood behind it. */
  function urlOf(capture: Capture): string {
    const local = deps.localUrlOf(capture.dataSourceId, capture.connectionId) ?? 'http://127.0.0.1/';
    const [, behind = ''] = /^\/in\/[^/]+(\/.*)$/s.exec(capture.path) ?? [];
    return `${local}${behind}${capture.query === '' ? '' : `?${capture.query}`}`;
  }

  /** Names of headers whose value is not shown. */
  function maskedIn(capture: Capture, id: string): string[] {
    const received = JSON.parse(table.get(id)?.headers ?? '[]') as [string, string][];
    const names = received.filter(([, value], i) => capture.headers[i]?.[1] !== value).map(([name]) => name);
    return table.get(id)?.query === capture.query ? names : [...names, 'query'];
  }
}

export type CaptureDetails = ReturnType<typeof createCaptureDetails>;
