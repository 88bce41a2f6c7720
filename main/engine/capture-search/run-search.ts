// One page of a search: the newest calls that fit. Calls that are not in the index yet are looked at one by one, then the index leads. A
// page is bound in time: what was not looked at by then is left for the next page, and the answer says so.
import type { QueryTerm } from '#contract';
import { parseBody } from '../parsing/parse-body.ts';
import { bodyText, contentEncodingOf, headText } from './call-text.ts';
import type { CallRow, CaptureSearchTable } from './capture-search-table.ts';
import type { CaptureWordsTable } from './capture-words-table.ts';
import { compileSearch, type SearchPlan, type TestedCall } from './compile-search.ts';
import { folded } from './hold-words.ts';

export interface SearchRequest {
  terms: QueryTerm[];
  dataSourceId?: string | undefined;
  limit: number;
  /** Only calls with a lower, and with a higher sequence. */
  before?: number | undefined;
  after?: number | undefined;
  /** How long it may look. */
  timeMs: number;
}

export interface SearchPage {
  rows: CallRow[];
  /** Where the next page begins. */
  next?: number;
  /** Calls that were looked at. */
  looked: number;
  /** When the last of them was received, where the time was over before the page was full. */
  upTo?: number;
}

export class SearchStopped extends Error {}

const lookEvery = 64;

/** @throws SearchStopped, PathFault, SelectionTooLarge */
export function runSearch(
  tables: { search: CaptureSearchTable; words: CaptureWordsTable },
  request: SearchRequest,
  isStopped: () => boolean,
): SearchPage {
  const { search, words } = tables;
  const { live, deleted } = search.sources();
  const plan = compileSearch(request.terms, live, request.dataSourceId, words.wordsWith);
  const until = performance.now() + request.timeMs;
  const rows: CallRow[] = [];
  let looked = 0;
  let last: CallRow | undefined;
  for (const { row, isIndexed } of candidates()) {
    if (looked % lookEvery === 0 && isStopped()) throw new SearchStopped();
    looked += 1;
    if (fits(row, isIndexed)) {
      if (rows.length === request.limit)
        return { rows, looked, ...(rows.at(-1) && { next: rows.at(-1)?.sequence as number }) };
      rows.push(row);
    }
    last = row;
    if ((plan.looksIntoBodies || looked % lookEvery === 0) && performance.now() > until) {
      return { rows, looked, next: last.sequence, upTo: last.received_at };
    }
  }
  return { rows, looked };

  function fits(row: CallRow, isIndexed: boolean): boolean {
    if (deleted.has(row.data_source_id)) return false;
    const call = testedCall(search, row);
    if (!plan.tests.every((test) => test(call))) return false;
    if (plan.wordTests.length === 0 || (isIndexed && !words.isCut(row.sequence))) return true;
    return plan.wordTests.every((test) => test(call));
  }

  function* candidates(): Generator<{ row: CallRow; isIndexed: boolean }> {
    const { after = 0, before = Number.MAX_SAFE_INTEGER, dataSourceId } = request;
    const isWithin = ({ sequence }: CallRow) => sequence > after && sequence < before;
    const indexedTo = words.cursor().sequence;
    const named = namedCalls(plan)?.filter(isWithin);
    if (named) {
      for (const row of named) yield { row, isIndexed: false };
    } else if (plan.isAboutMarks) {
      for (const row of search.marked(after, before)) {
        const isIndexed = row.sequence <= indexedTo;
        if (!isIndexed || plan.match === undefined || words.holds(plan.match, row.sequence))
          yield { row, isIndexed };
      }
    } else {
      for (const row of search.newestFirst(dataSourceId, Math.max(after, indexedTo), before))
        yield { row, isIndexed: false };
      const time = words.between(plan.from, plan.to);
      const [from, to] = [Math.max(after, time.after), Math.min(before, time.before)];
      if (plan.match === undefined) {
        for (const row of search.newestFirst(dataSourceId, from, to)) yield { row, isIndexed: true };
        return;
      }
      for (const { sequence } of words.matches(plan.match, from, to)) {
        const row = search.bySequence(sequence);
        if (row) yield { row, isIndexed: true };
      }
    }
  }

  function namedCalls({ ids }: SearchPlan): CallRow[] | undefined {
    return ids?.flatMap((id) => search.byId(id) ?? []).sort((left, right) => right.sequence - left.sequence);
  }
}

function testedCall(search: CaptureSearchTable, row: CallRow): TestedCall {
  let headers: [string, string][] | undefined;
  let body: Uint8Array | undefined;
  let text: string | undefined;
  let foldedText: string | undefined;
  const call: TestedCall = {
    row,
    headers: () => (headers ??= search.headers(row.sequence)),
    text() {
      const searched = {
        path: row.path,
        query: row.query,
        headers: call.headers(),
        contentType: row.content_type ?? undefined,
        format: row.format,
      };
      text ??= `${headText(searched)}\n${bodyText(searched, bytes()).text}`;
      return text;
    },
    foldedText: () => (foldedText ??= folded(call.text())),
    payload() {
      const parsed = parseBody({
        body: bytes(),
        contentType: row.content_type ?? undefined,
        contentEncoding: contentEncodingOf(call.headers()),
      });
      if (!parsed.ok) return undefined;
      return {
        value: parsed.value,
        context: { headers: call.headers(), query: row.query, singleAsList: parsed.format === 'xml' },
      };
    },
    mark: () => search.mark(row.sequence),
  };
  function bytes(): Uint8Array {
    body ??= search.body(row.sequence);
    return body;
  }
  return call;
}
