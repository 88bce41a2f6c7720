// What the last accepted calls of a source say: the paths that they have, candidates for id and title, the coverage of a
// mapping. Goes through them in slices that give way; what was found is remembered until another call comes.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CallOutput, type KnownPath, type Mapping, type ProblemCode, ProblemError } from '#contract';
import type { Captures } from '../captures/captures.ts';
import type { CaptureRow, CapturesTable } from '../captures/captures-table.ts';
import { type PathFacts, rankIds, rankSplits, rankTitles } from '../mapping/rank-candidates.ts';
import type { SurveyOf } from '../mapping/survey-paths.ts';
import type { PayloadReader, PayloadSource, Splitting } from '../payloads/payload-reader.ts';
import { createCoverageSum } from './coverage-sum.ts';
import { createPathSum, type PathSum } from './path-sum.ts';

const mostCalls = 200;
/** Bodies that are looked at together; fewer calls are taken where they are larger. */
const mostBytes = 32 * 1024 * 1024;
const sliceMs = 8;
const mostPaths = 60;
const remembered = 12;
const callsAtOnce = 20;

export function createRecentCalls(deps: {
  captures: Captures;
  capturesTable: CapturesTable;
  reader: PayloadReader;
}) {
  const { captures, capturesTable, reader } = deps;
  const surveys = new Map<string, { newest: number; sum: Promise<PathSum> }>();

  function recent(dataSourceId: string, last: number): CaptureRow[] {
    const rows = capturesTable.newestAcceptedMany(dataSourceId, Math.min(last, mostCalls));
    let bytes = 0;
    return rows.filter(({ size }, at) => {
      bytes += size;
      return at === 0 || bytes <= mostBytes;
    });
  }

  /** Calls that cannot be read under this mapping are passed over; they say nothing about paths. */
  async function eachCall(
    rows: readonly CaptureRow[],
    signal: AbortSignal,
    look: (row: CaptureRow, source: PayloadSource) => Promise<void>,
  ): Promise<void> {
    let sliceStart = performance.now();
    for (const row of rows) {
      signal.throwIfAborted();
      try {
        await look(row, await captures.sourceOf(row));
      } catch (error) {
        const unreadable: ProblemCode = 'payload.unreadable';
        if (!(error instanceof ProblemError) || error.problem.code !== unreadable) throw error;
      }
      if (performance.now() - sliceStart < sliceMs) continue;
      await nextTurn();
      sliceStart = performance.now();
    }
  }

  /** Shared by everybody who asks for the same, so nobody's going away ends it. */
  async function survey(dataSourceId: string, splitting: Splitting, of: SurveyOf): Promise<PathSum> {
    const newest = capturesTable.newestAccepted(dataSourceId)?.sequence ?? 0;
    const { split, unwrap, byEvent } = splitting;
    const key = JSON.stringify([dataSourceId, of, split, unwrap, byEvent]);
    const known = surveys.get(key);
    surveys.delete(key);
    if (known?.newest === newest) {
      surveys.set(key, known);
      return await known.sum;
    }
    const sum = (async () => {
      const made = createPathSum();
      await eachCall(recent(dataSourceId, mostCalls), new AbortController().signal, async (_row, source) => {
        made.add(await reader.survey(source, { split, unwrap, byEvent }, of), source);
      });
      return made;
    })();
    surveys.set(key, { newest, sum });
    sum.catch(() => surveys.delete(key));
    const [oldest] = surveys.keys();
    if (surveys.size > remembered && oldest !== undefined) surveys.delete(oldest);
    return await sum;
  }

  return {
    async suggest(dataSourceId: string, mapping: Splitting): Promise<CallOutput<'mapping.suggest'>> {
      const sum = await survey(dataSourceId, mapping, 'elements');
      const facts: PathFacts[] = sum.facts();
      const lists = mapping.split === undefined ? await survey(dataSourceId, mapping, 'lists') : undefined;
      return {
        calls: sum.calls(),
        id: rankIds(facts),
        title: rankTitles(facts),
        split: lists ? rankSplits(lists.known(), lists.calls()) : [],
      };
    },

    /** For the row `split` the lists, for `unwrap` all of the payload, else what an element has; headers and query behind it. */
    async paths(
      dataSourceId: string,
      input: { mapping: Splitting; row: string; prefix: string },
    ): Promise<CallOutput<'mapping.paths'>> {
      const subject = input.row.replace(/^byEvent\..*\./, '').replace(/\..*$/, '');
      const of: SurveyOf = subject === 'split' ? 'lists' : subject === 'unwrap' ? 'payload' : 'elements';
      const splitting = subject === 'unwrap' ? {} : input.mapping;
      const sum = await survey(dataSourceId, splitting, of);
      const known: KnownPath[] =
        of === 'elements'
          ? [...sum.known(), ...sum.beside()]
          : subject === 'unwrap'
            ? sum.texts()
            : sum.known();
      return { calls: sum.calls(), paths: matching(known, input.prefix).slice(0, mostPaths) };
    },

    /** Why none of the newest calls yields an item under this mapping; undefined where one does, or where there is none. */
    async nothingYielded(
      dataSourceId: string,
      mapping: Mapping,
      signal: AbortSignal,
    ): Promise<{ calls: number; row: 'id' | 'split'; reason: string } | undefined> {
      const rows = recent(dataSourceId, mostCalls);
      let hasItem = false;
      let hasElement = false;
      for (let from = 0; from < rows.length && !hasItem; from += callsAtOnce) {
        await eachCall(rows.slice(from, from + callsAtOnce), signal, async (_row, source) => {
          if (hasItem) return;
          const { ids, elements } = await reader.cover(source, mapping, signal);
          hasElement ||= elements > 0;
          hasItem = ids.length > 0;
        });
      }
      if (hasItem || rows.length === 0) return undefined;
      if (!hasElement) {
        const isSplit = mapping.split !== undefined;
        const reason = isSplit ? 'The split selects nothing.' : 'They hold no element.';
        return { calls: rows.length, row: isSplit ? 'split' : 'id', reason };
      }
      let reason: string | undefined;
      await eachCall(rows.slice(0, callsAtOnce), signal, async (_row, source) => {
        if (reason !== undefined) return;
        const elements = await reader.map(source, mapping, signal);
        reason = elements.find(({ problem }) => problem !== undefined)?.problem;
      });
      return { calls: rows.length, row: 'id', reason: reason ?? 'The path of the id yields nothing.' };
    },

    async coverage(
      dataSourceId: string,
      mapping: Mapping,
      last: number,
      signal: AbortSignal,
    ): Promise<CallOutput<'mapping.coverage'>> {
      const sum = createCoverageSum();
      await eachCall(recent(dataSourceId, last), signal, async (row, source) => {
        sum.add(row.event_type ?? undefined, await reader.cover(source, mapping, signal));
      });
      return sum.result();
    },
  };
}

export type RecentCalls = ReturnType<typeof createRecentCalls>;

/** First what starts with the typed text, then what contains it, in any letter case. */
function matching(paths: readonly KnownPath[], prefix: string): KnownPath[] {
  const typed = prefix.trim().toLowerCase();
  const starts = (path: string) => path.startsWith(typed) || path.startsWith(`$.${typed}`);
  const rank = ({ path }: KnownPath) => {
    const text = path.toLowerCase();
    return starts(text) ? 0 : text.includes(typed) ? 1 : 2;
  };
  return paths
    .map((known, at) => ({ known, at, rank: rank(known) }))
    .filter((entry) => entry.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ known }) => known);
}
