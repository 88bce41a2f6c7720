// Puts the words of stored calls into the index, in the order of their arrival, a few milliseconds at a time; takes out those of calls that
// were deleted. Runs in the worker thread.
import { bodyText, headText } from './call-text.ts';
import type { CaptureSearchTable } from './capture-search-table.ts';
import type { CaptureWordsTable, IndexedCall } from './capture-words-table.ts';
import { factTokens } from './fact-tokens.ts';

/** Bytes of one body whose words are indexed; what lies behind is found by looking at the call. */
const maxIndexedBytes = 128 * 1024;
const maxHeadChars = 64 * 1024;
const readAhead = 400;
const sweptAtOnce = 2_000;

export function createCallIndexing(tables: { search: CaptureSearchTable; words: CaptureWordsTable }) {
  const { search, words } = tables;

  /** Begins anew where the index is of another store (one that was put back from a backup, say). */
  function checkStore(): void {
    const { sequence, captureId } = words.cursor();
    if (sequence === 0) return;
    const row = search.bySequence(sequence);
    if (sequence > search.lastEver() || (row && row.id !== captureId)) words.clear();
  }

  /** Indexes for about `sliceMs`; true where more is to be done. */
  function indexSome(sliceMs: number): boolean {
    const until = performance.now() + sliceMs;
    const calls: IndexedCall[] = [];
    let last: { sequence: number; captureId: string } | undefined;
    for (const row of search.next(words.cursor().sequence, readAhead)) {
      const searched = {
        path: row.path,
        query: row.query,
        headers: JSON.parse(row.headers) as [string, string][],
        contentType: row.content_type ?? undefined,
        format: row.format,
      };
      const body =
        row.body_bytes === 0
          ? { text: '', cut: false }
          : bodyText(searched, search.body(row.sequence), maxIndexedBytes);
      const head = headText(searched);
      const isCut = body.cut || head.length > maxHeadChars;
      const facts = factTokens({
        dataSourceId: row.data_source_id,
        outcome: row.outcome,
        status: row.status,
        method: row.method,
        format: row.format,
        size: row.size,
        eventType: row.event_type ?? undefined,
      });
      calls.push({
        sequence: row.sequence,
        receivedAt: row.received_at,
        facts: isCut ? `${facts} xcut` : facts,
        head: head.slice(0, maxHeadChars),
        body: body.text,
        isCut,
      });
      last = { sequence: row.sequence, captureId: row.id };
      if (performance.now() > until) break;
    }
    if (!last) return false;
    words.put(calls, last);
    return true;
  }

  /** Forgets the words of calls that are not there any more; goes on behind `after`. Undefined at the end. */
  function sweepSome(after: number): number | undefined {
    const page = words.page(after, sweptAtOnce);
    if (page.length === 0) return undefined;
    const existing = search.existing(page);
    const gone = page.filter((sequence) => !existing.has(sequence));
    if (gone.length > 0) words.drop(gone);
    return page.at(-1);
  }

  return {
    checkStore,
    indexSome,
    sweepSome,
    unindexed: (most: number) => search.remaining(words.cursor().sequence, most),
  };
}

export type CallIndexing = ReturnType<typeof createCallIndexing>;
