// Which path is the id, which the title, which list may be split? Ranks what the last calls had by presence, uniqueness, readability and name, and says
// why in plain words. Pure; the weights are judgement, held by tests on real payloads.
import type { MappingCandidate } from '#contract';

/** One path over several calls. */
export interface PathFacts {
  path: string;
  /** Calls that have it, of `calls`. */
  present: number;
  calls: number;
  /** Elements with a scalar value, and how many of these values differ. */
  values: number;
  distinct: number;
  examples: readonly string[];
  isScalar: boolean;
  isText: boolean;
  isBoolean: boolean;
  inList: boolean;
}

const mostCandidates = 5;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const dateLike = /^\d{4}-\d{2}-\d{2}([T ]|$)|^\d{10}(\d{3})?(\.\d+)?$/;
const idNames = /^(id|_id|uid|uuid|guid|key|gid|ref|sku|code|number|token|handle|slug|reference)$/i;
const idEndings = /(_id|Id|ID|_uuid|_key|_number|_ref|Number|Key)$/;
const timeNames = /(_at|At|date|Date|time|Time|timestamp|_ts|ts)$/;
const envelopeNames =
  /(^|[._])(event|delivery|message|request|webhook|account|workspace|team|list|organization|org|user|app|api|sender|owner|installation|page|trace)_?(id|uuid|key)$/i;
const titleNames = /^(title|name|subject|full_?name|display_?name|label|summary|headline|topic|question)$/i;
const titleSecond = /(name|title|email|e_?mail|description|message|subject|text|login|username|company)$/i;
const machineNames =
  /(url|uri|href|hash|token|secret|signature|type|status|state|version|object|event|action)$/i;

export function rankIds(paths: readonly PathFacts[]): MappingCandidate[] {
  return best(
    paths.filter(({ isScalar, isBoolean, inList }) => isScalar && !isBoolean && !inList),
    scoreId,
  );
}

export function rankTitles(paths: readonly PathFacts[]): MappingCandidate[] {
  return best(
    paths.filter(({ isText, inList }) => isText && !inList),
    scoreTitle,
  );
}

/** A list that is there now and then is part of an item, not what the calls are made of. */
const leastSplitPresence = 0.8;

/** Of lists of objects: how many of `calls` have it, and an example. */
export function rankSplits(
  lists: readonly { path: string; calls: number; examples: readonly string[] }[],
  calls: number,
): MappingCandidate[] {
  return lists
    .filter((list) => list.calls >= calls * leastSplitPresence)
    .map(({ path, calls: present, examples }) => ({
      path,
      reason: sentence([`a list of objects ${presenceWords({ present, calls })}`]),
      score: Math.round((100 * present) / calls - 3 * depthOf(path)),
      example: examples[0] ?? '',
    }))
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length)
    .slice(0, mostCandidates);
}

interface Score {
  score: number;
  reason: string;
}

function best(
  paths: readonly PathFacts[],
  score: (facts: PathFacts) => Score | undefined,
): MappingCandidate[] {
  return paths
    .flatMap((facts) => {
      const scored = score(facts);
      return scored ? [{ facts, ...scored }] : [];
    })
    .sort((a, b) => b.score - a.score || a.facts.path.length - b.facts.path.length)
    .slice(0, mostCandidates)
    .map(({ facts, score: points, reason }) => ({
      path: facts.path,
      reason,
      score: Math.round(points),
      example: facts.examples[0] ?? '',
    }));
}

const lastName = (path: string) => /([\p{L}\p{N}_@#-]+)"?\]?$/u.exec(path)?.[1] ?? path;
const depthOf = (path: string) => path.split(/[.[]/).length;

function scoreId(facts: PathFacts): Score | undefined {
  const name = lastName(facts.path);
  const [example = ''] = facts.examples;
  if (facts.values === 0 || example === '') return undefined;
  const presence = facts.present / facts.calls;
  const unique = facts.distinct / facts.values;
  const isTime =
    timeNames.test(name) || facts.examples.every((text) => dateLike.test(text) && !/id/i.test(name));
  const isConstant = facts.values > 1 && facts.distinct === 1;
  let score = 40 * presence + 25 * unique - 3 * depthOf(facts.path);
  if (idNames.test(name)) score += 30;
  else if (idEndings.test(name)) score += 18;
  else if (/e-?mail$/i.test(name)) score += 12;
  if (envelopeNames.test(facts.path.replace(/["[\]]/g, ''))) score -= 18;
  if (facts.examples.every((text) => uuid.test(text))) score += 4;
  if (facts.examples.some((text) => /\s/.test(text.trim()))) score -= 25;
  if (facts.examples.some((text) => text.length > 80)) score -= 20;
  if (isTime) score -= 40;
  if (isConstant) score -= 25;
  if (score < 30) return undefined;
  return { score, reason: sentence([presenceWords(facts), uniqueWords(facts), nameWords(name, idNames)]) };
}

function scoreTitle(facts: PathFacts): Score | undefined {
  const name = lastName(facts.path);
  const examples = facts.examples.filter((text) => text !== '');
  if (examples.length === 0) return undefined;
  const readable = examples.filter(isReadable).length / examples.length;
  if (readable === 0) return undefined;
  const presence = facts.present / facts.calls;
  const isConstant = facts.values > 2 && facts.distinct === 1;
  let score = 35 * presence + 25 * readable + 10 * (facts.distinct / facts.values) - 3 * depthOf(facts.path);
  if (titleNames.test(name)) score += 30;
  else if (titleSecond.test(name)) score += 15;
  if (machineNames.test(name)) score -= 30;
  if (isConstant) score -= 25;
  if (score < 35) return undefined;
  const text = readable === 1 ? 'a text that people can read' : 'often a text that people can read';
  return { score, reason: sentence([presenceWords(facts), text, nameWords(name, titleNames)]) };
}

function isReadable(text: string): boolean {
  if (text.length < 2 || text.length > 160 || !/\p{L}/u.test(text)) return false;
  if (uuid.test(text) || dateLike.test(text) || /^[a-z]+:\/\//i.test(text)) return false;
  if (/^[0-9a-f]{16,}$/i.test(text)) return false;
  return /\s/.test(text) || text.includes('@') || !/\d{4,}|[_|{}<>]/.test(text);
}

function presenceWords({ present, calls }: Pick<PathFacts, 'present' | 'calls'>): string {
  if (calls === 1) return 'in the only call so far';
  return present === calls ? `in all ${calls} calls` : `in ${present} of ${calls} calls`;
}

function uniqueWords({ values, distinct }: PathFacts): string {
  if (values === 1) return 'one value so far';
  if (distinct === values) return 'different each time';
  return distinct === 1 ? 'the same each time' : `${distinct} different values in ${values}`;
}

function nameWords(name: string, usual: RegExp): string {
  return usual.test(name) ? `its name “${name}” says so` : '';
}

function sentence(parts: readonly string[]): string {
  const text = parts.filter((part) => part !== '').join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
