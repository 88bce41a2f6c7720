// Regular expressions of conditions. They run in time linear in the text (no backtracking), and both the expression and the text that it
// is tried on are bounded, so that no expression can hold the engine's loop.
import { RE2JS } from 're2js';

export interface TextPattern {
  /** Whether it matches anywhere in the text. A text of more than `maxChars` is not looked at and does not match. */
  test(text: string): boolean;
  maxChars: number;
}

export type PatternResult =
  | { ok: true; pattern: TextPattern }
  | { ok: false; message: string; position?: number };

const maxSourceChars = 1_000;
/** Repeats are written out in the compiled form: `.{100}` counts as a hundred. */
const maxWrittenOut = 4_000;
const maxInstructions = 400;
/** Instructions times characters of all expressions of a module: a few milliseconds at worst. */
const steps = 200_000;
const maxTextChars = 65_536;

/** `sharedBy` is how many expressions are tried on the same item. */
export function compilePattern(source: string, matchCase: boolean, sharedBy = 1): PatternResult {
  if (source === '') return { ok: false, message: 'Type a regular expression.' };
  if (source.length > maxSourceChars) return tooLarge();
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, low, high]) => Number(high || low));
  if (source.length * Math.max(1, ...counts) > maxWrittenOut) return tooLarge();
  try {
    const compiled = RE2JS.compile(source, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
    const size = Math.max(1, compiled.programSize());
    if (size > maxInstructions) return tooLarge();
    const maxChars = Math.min(maxTextChars, Math.floor(steps / size / Math.max(1, sharedBy)));
    const test = (text: string) => text.length <= maxChars && compiled.test(text);
    return { ok: true, pattern: { test, maxChars } };
  } catch (error) {
    return { ok: false, ...faultOf(error, source) };
  }
}

function tooLarge(): PatternResult {
  return {
    ok: false,
    message: 'This regular expression is too large. Shorten it, or let it repeat less often.',
  };
}

function faultOf(error: unknown, source: string): { message: string; position?: number } {
  const { error: what, input } = error as { error?: unknown; input?: unknown };
  if (typeof what !== 'string') throw error;
  const sentence = `This is no regular expression: ${what}.`;
  if (what.startsWith('missing closing )') || typeof input !== 'string') {
    return { message: `${sentence} It ends too early.`, position: source.length };
  }
  if (what.startsWith('unexpected )')) return { message: sentence, position: unopened(source) };
  const at = source.indexOf(input);
  const hint = /\\\d|Perl syntax/.test(`${input} ${what}`)
    ? ' Back references and lookarounds are left out, because they can take for ever.'
    : '';
  return { message: `${sentence}${hint}`, ...(at >= 0 ? { position: at } : {}) };
}

/** Where the closing parenthesis stands that nothing opened. */
function unopened(source: string): number {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return source.length;
}
