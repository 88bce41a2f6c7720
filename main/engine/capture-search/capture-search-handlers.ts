// The calls of finding captures: lists with queries, marks, saved searches.
import type { Handlers } from '../calls.ts';
import type { CaptureMarks } from '../captures/capture-marks.ts';
import { type Captures, sequenceOf } from '../captures/captures.ts';
import type { SavedSearches } from '../captures/saved-searches.ts';
import type { CaptureSearch } from './capture-search.ts';

type Names =
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
}): Pick<Handlers, Names> {
  const { captures, search, marks, searches } = deps;
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
    'captures.tags': () => ({ tags: marks.tags() }),
    'searches.list': () => ({ searches: searches.list() }),
    'searches.save': (input) => ({ search: searches.save(input) }),
    'searches.remove': ({ id }) => {
      searches.remove(id);
      return {};
    },
  };
}
