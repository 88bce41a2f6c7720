// In what two answers differ: in short when an answer comes, in full when somebody looks. Pure; bodies are those that are kept, at most 64 KiB.
import type { AnswerComparison, AnswerDifference, OriginalAnswer } from '#contract';
import { compareHeaders, compareValues } from '../capture-search/compare-values.ts';
import { equalValues } from '../mapping/exact-compare.ts';
import { parseBody } from '../parsing/parse-body.ts';
import type { PayloadValue } from '../parsing/payload-value.ts';
import type { StoredOwnCall } from '../receiver/own-calls.ts';
import { type HeaderList, isNamed } from './source-call.ts';

export interface ComparedAnswer {
  headers: HeaderList;
  /** What was kept of the body. */
  body: Uint8Array;
  /** Bytes of the whole body. */
  size: number;
}

/** They tell when and over what an answer came, or follow from its body. */
export const alwaysDifferent = [
  'date',
  'age',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'x-request-id',
];
const ignored = alwaysDifferent.map((name) => `header:${name}`);
const mostLines = 1_000;
/** Bodies are kept to 64 KiB; a compressed one is compared as bytes where it grows beyond this. */
const mostBytes = 256 * 1024;

/**
 * What the list of results says.
 * @param original what the original call met; undefined where there was none, then nothing differs
 * @param before its whole answer, where it was kept
 * @param now.stored present where our own receiver stored the new call
 */
export function differencesTo(
  original: OriginalAnswer | undefined,
  before: ComparedAnswer | undefined,
  now: ComparedAnswer & { status: number; stored?: StoredOwnCall | undefined },
): AnswerDifference[] {
  if (!original) return [];
  const found: AnswerDifference[] = [];
  if (original.status !== now.status) {
    found.push({ what: 'status', before: String(original.status), now: String(now.status) });
  }
  if (now.stored && now.stored.outcome !== original.outcome) {
    found.push({ what: 'outcome', before: original.outcome, now: now.stored.outcome });
  }
  if (!before) return found;
  const count = compareHeaders({ leftHeaders: before.headers, rightHeaders: now.headers }, ignored).filter(
    ({ kind }) => kind !== 'same' && kind !== 'ignored',
  ).length;
  if (count > 0) found.push({ what: 'headers', count });
  if (!isSameBody(before, now)) found.push({ what: 'body' });
  return found;
}

/** Hookbench answers with the id of the call that it stored: the new one counts as the old one. */
export function withIdOf<T extends ComparedAnswer>(
  answer: T,
  newId: string | undefined,
  oldId: string | undefined,
): T {
  if (newId === undefined || oldId === undefined) return answer;
  const text = Buffer.from(answer.body).toString('latin1');
  return text.includes(newId)
    ? { ...answer, body: Buffer.from(text.replaceAll(newId, oldId), 'latin1') }
    : answer;
}

/** All differences. JSON and other bodies that are values by their paths, text line by line, anything else as Base64. */
export function compareAnswers(left: ComparedAnswer, right: ComparedAnswer): AnswerComparison {
  const [a, b] = [readValue(left), readValue(right)];
  const areValues = a !== undefined && b !== undefined;
  const [leftLines, rightLines] = areValues ? [[], []] : [linesOf(left), linesOf(right)];
  const areLong = leftLines.length > mostLines || rightLines.length > mostLines;
  const compared = compareValues(
    {
      left: areValues ? a : leftLines.slice(0, mostLines),
      right: areValues ? b : rightLines.slice(0, mostLines),
      leftHeaders: left.headers,
      rightHeaders: right.headers,
    },
    ignored,
  );
  return {
    comparison: { ...compared, cut: compared.cut || areLong },
    leftOut: alwaysDifferent,
    isPart: isCut(left) || isCut(right),
  };
}

const isCut = ({ body, size }: ComparedAnswer) => body.length < size;

function isSameBody(left: ComparedAnswer, right: ComparedAnswer): boolean {
  if (left.size === right.size && Buffer.from(left.body).equals(right.body)) return true;
  const a = readValue(left);
  if (a === undefined) return false;
  const b = readValue(right);
  return b !== undefined && equalValues(a, b);
}

/** Undefined where the body is empty, no value, or not whole. */
function readValue(answer: ComparedAnswer): PayloadValue | undefined {
  if (isCut(answer) || answer.body.length === 0) return undefined;
  const parsed = parseBody({
    body: answer.body,
    contentType: answer.headers.find(isNamed('content-type'))?.[1],
    contentEncoding: answer.headers.find(isNamed('content-encoding'))?.[1],
    maxBytes: mostBytes,
  });
  return parsed.ok ? parsed.value : undefined;
}

function linesOf(answer: ComparedAnswer): string[] {
  try {
    return new TextDecoder('utf-8', { fatal: true })
      .decode(answer.body, { stream: isCut(answer) })
      .split('\n');
  } catch {
    return [Buffer.from(answer.body).toString('base64')];
  }
}
