// The calls of finding captures: lists with queries, marks, saved searches.
import { type ComparedSide, ProblemError } from '#contract';
import type { Handlers } from '../calls.ts';
import type { CaptureDetails } from '../captures/capture-details.ts';
import type { CaptureMarks } from '../captures/capture-marks.ts';
import { type Captures, sequenceOf } from '../captures/captures.ts';
import type { ComparisonIgnoresTable } from '../captures/comparison-ignores-table.ts';
import type { SavedSearches } from '../captures/saved-searches.ts';
import { compilePath } from '../mapping/compile-path.ts';
import type { CaptureSearch } from './capture-search.ts';

type Names =
  | 'captures.bytes'
  | 'captures.start'
  | 'captures.related'
  | 'captures.copyAs'
  | 'captures.compare'
  | 'captures.ignored'
  | 'captures.ignore'
  | 'captures.list'
  | 'captures.mark'
  | 'captures.tags'
  | 'searches.list'
  | 'searches.save'
  | 'searches.remove';

export function createCaptureSearchHandlers(deps: {
  captures: Captures;
  search: CaptureSearch;
  marks: CaptureMarks;
  searches: SavedSearches;
  details: CaptureDetails;
  ignores: ComparisonIgnoresTable;
  conceal(connectionId: string, text: string): string;
  /** Throws where there is no such data source. */
  checkSource(id: string): void;
}): Pick<Handlers, Names> {
  const { captures, search, marks, searches, details, ignores } = deps;
  return {
    'captures.list': async (input, signal) => {
      const { query = '', outcome, dataSourceId, limit = 50, before, after } = input;
      if (query.trim() === '') return captures.list(input);
      const found = await search.page(
        {
          query: outcome === undefined ? query : `${query} status:${outcome}`,
          dataSourceId,
          limit,
          before: before === undefined ? undefined : sequenceOf(before),
          after,
        },
        signal,
      );
      return {
        captures: captures.summaries(found.rows),
        ...(found.next !== undefined && { next: String(found.next) }),
        ...(found.upTo !== undefined && {
          looked: { calls: found.looked, upTo: new Date(found.upTo).toISOString() },
        }),
      };
    },
    'captures.mark': ({ ids, ...change }) => {
      marks.mark(ids, change);
      return {};
    },
    'captures.bytes': ({ id, offset, length }) => details.bytes(id, offset, length),
    'captures.start': async ({ id }) => ({ start: await details.start(id) }),
    'captures.related': ({ id }) => ({ related: details.related(id) }),
    'captures.copyAs': ({ id, as }) => details.copyAs(id, as),
    'captures.compare': async ({ left, right, ignore = [] }, signal) => {
      const comparison = await search.compare(left, right, ignore, signal);
      const concealed = (side: ComparedSide, value: string | undefined) =>
        value === undefined || !('captureId' in side)
          ? value
          : deps.conceal(captures.get(side.captureId).connectionId, value);
      return {
        comparison: {
          ...comparison,
          headers: comparison.headers.map((row) => ({
            ...row,
            left: concealed(left, row.left),
            right: concealed(right, row.right),
          })),
        },
      };
    },
    'captures.ignored': ({ dataSourceId }) => ({ paths: ignores.of(dataSourceId) }),
    'captures.ignore': ({ dataSourceId, paths }) => {
      deps.checkSource(dataSourceId);
      for (const path of paths) checkIgnored(path);
      ignores.put(dataSourceId, [...new Set(paths)]);
      return {};
    },
    'captures.tags': () => ({ tags: marks.tags() }),
    'searches.list': () => ({ searches: searches.list() }),
    'searches.save': (input) => ({ search: searches.save(input) }),
    'searches.remove': ({ id }) => {
      searches.remove(id);
      return {};
    },
  };
}

/** @throws ProblemError input.invalid */
function checkIgnored(path: string): void {
  if (path.startsWith('header:')) return;
  const compiled = compilePath(path);
  if (compiled.ok) return;
  throw new ProblemError(
    'input.invalid',
    `"${path}" is no path. ${compiled.message} Headers are written header:name.`,
    {
      path: 'paths',
      at: { offset: compiled.position, length: 1 },
    },
  );
}
