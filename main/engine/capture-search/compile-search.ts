// From the terms of a query to a plan: what the index of words answers, and what is then looked at in each call. The index may answer
// with too much, never with too little; every term is tested again on the call itself where the index is not exact.
import type { QueryTerm } from '#contract';
// Not by way of the whole contract: a thread that builds its schemas begins in twice the time.
import { isInAmount } from '../../contract/query/query-values.ts';
import type { PathContext } from '../mapping/compile-path.ts';
import { compilePath } from '../mapping/compile-path.ts';
import type { PayloadValue } from '../parsing/payload-value.ts';
import type { CallRow } from './capture-search-table.ts';
import { anyCall, cutCall, factToken, largestSizeClass, sizeClass } from './fact-tokens.ts';
import { folded, matchTerm, tokensOf, type WordsWith, wordTest } from './hold-words.ts';
import { headerTest, valueTest } from './value-test.ts';

/** A call under test; what costs something is read at the first need. */
export interface TestedCall {
  row: CallRow;
  headers(): readonly (readonly [string, string])[];
  /** Path, query, headers and the whole body, as searched; and the same folded for words. */
  text(): string;
  foldedText(): string;
  /** Undefined where the body cannot be read. */
  payload(): { value: PayloadValue; context: PathContext } | undefined;
  mark(): { pinned: boolean; note: string; tags: readonly string[] };
}

type Test = (call: TestedCall) => boolean;

export interface SearchPlan {
  /** For the index of words. Undefined where it cannot help. */
  match: string | undefined;
  /** On every call. */
  tests: Test[];
  /** Words, tested on calls that are not wholly in the index. */
  wordTests: Test[];
  /** Bodies must be looked at one by one. */
  looksIntoBodies: boolean;
  /** Received in [from, to). */
  from?: number;
  to?: number;
  /** Only calls that the user marked can fit. */
  isAboutMarks: boolean;
  /** Only these calls can fit. */
  ids?: readonly string[];
}

export interface Source {
  id: string;
  name: string;
  applicationId: string | undefined;
}

/** A path of the query cannot be read. `position` in the query. */
export class PathFault extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

export function compileSearch(
  terms: readonly QueryTerm[],
  sources: readonly Source[],
  dataSourceId: string | undefined,
  wordsWith: WordsWith,
): SearchPlan {
  const must: string[] = [];
  const mustNot: string[] = [];
  const plan: SearchPlan = {
    match: undefined,
    tests: [],
    wordTests: [],
    looksIntoBodies: false,
    isAboutMarks: false,
  };
  if (dataSourceId !== undefined) {
    must.push(facts([factToken.source(dataSourceId)]));
    plan.tests.push(({ row }) => row.data_source_id === dataSourceId);
  }
  for (const term of terms) {
    const part = compileTerm(term, sources, wordsWith);
    const test: Test = term.negated ? (call) => !part.test(call) : part.test;
    (part.inIndex === 'exact' && part.isWord ? plan.wordTests : plan.tests).push(test);
    if (!term.negated && part.match !== undefined) {
      // What is not in the index of a long call may still be in the call.
      must.push(part.isWord ? `(${part.match} OR ${facts([cutCall])})` : part.match);
    }
    if (term.negated && part.match !== undefined && part.inIndex === 'exact') mustNot.push(part.match);
    if (part.looksIntoBodies) plan.looksIntoBodies = true;
    if (!term.negated && part.isAboutMarks) plan.isAboutMarks = true;
    if (!term.negated && term.kind === 'choice' && term.field === 'id') plan.ids = term.values;
    if (term.kind === 'time') {
      const isAfter = (term.field === 'after') !== term.negated;
      if (isAfter) plan.from = Math.max(plan.from ?? 0, term.at);
      else plan.to = Math.min(plan.to ?? Number.MAX_SAFE_INTEGER, term.at);
    }
  }
  if (must.length > 0 || mustNot.length > 0) {
    const positive = must.length > 0 ? must : [facts([anyCall])];
    plan.match = [
      positive.map((part) => `(${part})`).join(' AND '),
      ...mustNot.map((part) => `(${part})`),
    ].join(' NOT ');
  }
  return plan;
}

interface Part {
  test: Test;
  match?: string;
  /** exact: the index knows all · loose: it may know too many. */
  inIndex?: 'exact' | 'loose';
  isWord?: boolean;
  looksIntoBodies?: boolean;
  isAboutMarks?: boolean;
}

function facts(tokens: readonly string[]): string {
  return `facts : (${tokens.map((token) => `"${token}"`).join(' OR ')})`;
}

function compileTerm(term: QueryTerm, sources: readonly Source[], wordsWith: WordsWith): Part {
  switch (term.kind) {
    case 'word':
    case 'phrase': {
      const isPhrase = term.kind === 'phrase';
      const holds = wordTest(term.text, isPhrase);
      const match = `{head body} : ${matchTerm(term.text, isPhrase, wordsWith)}`;
      return { test: (call) => holds(call.foldedText()), match, inIndex: 'exact', isWord: true };
    }
    case 'choice':
      return compileChoice(term, sources);
    case 'text':
      return compileText(term);
    case 'amount':
      return compileAmount(term);
    case 'time':
      return {
        test: ({ row }) => (term.field === 'after' ? row.received_at >= term.at : row.received_at < term.at),
      };
    case 'header': {
      const test = headerTest(term);
      const words = [term.name, ...(term.operator === '=' ? [term.value] : [])]
        .map(tokensOf)
        .filter((tokens) => tokens.length > 0);
      return { test: (call) => test(call.headers()), ...wordsIn('head', words), inIndex: 'loose' };
    }
    case 'value':
      return compileValue(term);
  }
}

function wordsIn(column: 'head' | 'body', phrases: readonly string[][]): { match?: string } {
  if (phrases.length === 0) return {};
  return { match: phrases.map((tokens) => `${column} : "${tokens.join(' ')}"`).join(' AND ') };
}

function compileValue(term: Extract<QueryTerm, { kind: 'value' }>): Part {
  const compiled = compilePath(term.path);
  if (!compiled.ok)
    throw new PathFault(compiled.message, term.start + (term.negated ? 1 : 0) + compiled.position);
  const { path } = compiled;
  const test = valueTest(path, term.operator, term.value);
  const looksIntoBodies = path.source === 'body' || path.source === 'root';
  const part: Part = {
    test(call) {
      if (!looksIntoBodies) return test(null, { headers: call.headers(), query: call.row.query });
      const payload = call.payload();
      return payload !== undefined && test(payload.value, payload.context);
    },
    looksIntoBodies,
  };
  if (!looksIntoBodies) return part;
  // The names on the way, and a value that is words, must stand somewhere in the body.
  const names = path.segments.flatMap(({ selectors: [only, ...others] }) =>
    only?.kind === 'name' && others.length === 0 ? [only.name] : [],
  );
  const plainNames = names.filter((name) => /^[\p{L}\p{N}]/u.test(name)).map(tokensOf);
  const isText = term.operator === '=' && /\p{L}/u.test(term.value) && !/^-?\d/.test(term.value);
  const phrases = [...plainNames, ...(isText ? [tokensOf(term.value)] : [])].filter(
    (tokens) => tokens.length > 0,
  );
  const { match } = wordsIn('body', phrases);
  return {
    ...part,
    inIndex: 'loose',
    ...(match !== undefined && { match: `(${match}) OR ${facts([cutCall])}` }),
  };
}

function compileAmount(term: Extract<QueryTerm, { kind: 'amount' }>): Part {
  const { amount } = term;
  switch (term.field) {
    case 'items':
      return { test: ({ row }) => isInAmount(row.item_count, amount) };
    case 'answered':
      return { test: ({ row }) => row.answered_us !== null && isInAmount(row.answered_us / 1000, amount) };
    case 'size': {
      const from = sizeClass(Math.floor(amount.min ?? 0));
      const to = amount.max === undefined ? largestSizeClass : sizeClass(Math.ceil(amount.max));
      const classes = Array.from({ length: to - from + 1 }, (_, i) => `xz${from + i}`);
      return { test: ({ row }) => isInAmount(row.size, amount), match: facts(classes), inIndex: 'loose' };
    }
  }
}

function compileText(term: Extract<QueryTerm, { kind: 'text' }>): Part {
  const wanted = term.text.toLowerCase();
  switch (term.field) {
    case 'type':
      return { test: ({ row }) => (row.content_type ?? '').toLowerCase().includes(wanted) };
    case 'path':
      return { test: ({ row }) => `${row.path}?${row.query}`.toLowerCase().includes(wanted) };
    case 'note':
      return { test: (call) => folded(call.mark().note).includes(folded(term.text)), isAboutMarks: true };
    case 'contains':
      return { test: (call) => call.text().toLowerCase().includes(wanted), looksIntoBodies: true };
  }
}

function compileChoice(term: Extract<QueryTerm, { kind: 'choice' }>, sources: readonly Source[]): Part {
  const wanted = term.values.map((value) => value.toLowerCase());
  const among = new Set(wanted);
  switch (term.field) {
    case 'source': {
      const ids = new Set(
        sources.filter((source) => wanted.some((value) => isNamed(source, value))).map(({ id }) => id),
      );
      // A name that nobody has: nothing fits.
      const tokens = ids.size === 0 ? ['xnone'] : [...ids].map(factToken.source);
      return { test: ({ row }) => ids.has(row.data_source_id), match: facts(tokens), inIndex: 'exact' };
    }
    case 'status': {
      const tokens = wanted.map((value) =>
        /^\d{3}$/.test(value)
          ? factToken.status(value)
          : /^\dxx$/.test(value)
            ? factToken.statusClass(value.charAt(0))
            : factToken.outcome(value),
      );
      const fits = ({ row }: TestedCall) =>
        among.has(row.outcome) ||
        among.has(String(row.status)) ||
        among.has(`${String(row.status).charAt(0)}xx`);
      return { test: fits, match: facts(tokens), inIndex: 'exact' };
    }
    case 'event': {
      const patterns = wanted.map(wildcard);
      const test: Test = ({ row }) =>
        row.event_type !== null && patterns.some((pattern) => pattern.test(row.event_type ?? ''));
      return wanted.some((value) => value.includes('*'))
        ? { test }
        : { test, match: facts(wanted.map(factToken.event)), inIndex: 'exact' };
    }
    case 'method':
      return {
        test: ({ row }) => among.has(row.method.toLowerCase()),
        match: facts(wanted.map(factToken.method)),
        inIndex: 'exact',
      };
    case 'format':
      return {
        test: ({ row }) => among.has(row.format),
        match: facts(wanted.map(factToken.format)),
        inIndex: 'exact',
      };
    case 'verified':
      return { test: ({ row }) => among.has(verdictOf(row.verification)) };
    case 'origin':
      return { test: ({ row }) => among.has(row.origin) };
    case 'delivery':
      return { test: ({ row }) => row.delivery_id !== null && among.has(row.delivery_id.toLowerCase()) };
    case 'id':
      return { test: ({ row }) => among.has(row.id.toLowerCase()) };
    case 'tag':
      return {
        test: (call) => call.mark().tags.some((tag) => among.has(tag.toLowerCase())),
        isAboutMarks: true,
      };
    case 'is':
      return {
        test: (call) => wanted.some((state) => isInState(call, state)),
        isAboutMarks: wanted.every((state) => state === 'pinned' || state === 'noted' || state === 'tagged'),
      };
  }
}

function isNamed(source: Source, wanted: string): boolean {
  return (
    source.id.toLowerCase() === wanted ||
    source.applicationId?.toLowerCase() === wanted ||
    source.name.toLowerCase().includes(wanted)
  );
}

function wildcard(text: string): RegExp {
  const pieces = text.split('*').map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`^${pieces.join('[^]*')}$`, 'iu');
}

function verdictOf(verification: string | null): string {
  if (verification === null) return 'unchecked';
  const { result } = JSON.parse(verification) as { result: string };
  return result === 'notChecked' ? 'unchecked' : result;
}

function isInState(call: TestedCall, state: string): boolean {
  switch (state) {
    case 'pinned':
      return call.mark().pinned;
    case 'noted':
      return call.mark().note !== '';
    case 'tagged':
      return call.mark().tags.length > 0;
    case 'waiting':
      return call.row.index_state === 'waiting';
    case 'indexed':
      return call.row.index_state === 'indexed';
    default:
      return call.row.index_state === 'needsAttention';
  }
}
