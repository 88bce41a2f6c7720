// JSONPath (RFC 9535): json-p3 reads the text, this turns what it read into segments of our own walk.
// Ours walks because numbers must compare by their digits, XML's lists of one need a rule, and results may be huge.
import { JSONPathEnvironment, JSONPathError, jsonpath } from 'json-p3';
import { ExactNumber, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';
import { equalValues, isLess } from './exact-compare.ts';
import { type Segment, type Selector, type Walk, type WalkNode, walkSegments } from './path-segments.ts';

const { expressions, selectors: selectorTypes } = jsonpath;
const environment = new JSONPathEnvironment({ strict: true });
const matchFunction = environment.functionRegister.get('match');
const searchFunction = environment.functionRegister.get('search');

export type CompiledJsonPath =
  | { ok: true; segments: Segment[] }
  | { ok: false; message: string; position: number };

/** @param text from `$` on. The position of a fault counts from 0 in this text. */
export function compileJsonPath(text: string): CompiledJsonPath {
  try {
    const { readable, changed } = withReadableNumbers(text);
    return { ok: true, segments: segmentsOf(environment.compile(readable), changed) };
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    const position = Math.min(Math.max(0, error.token.index), text.length);
    return { ok: false, message: sentenceFor(error.message, text, position), position };
  }
}

/** json-p3 ends its messages with an excerpt of the path, which the screen shows anyway, and names its own tokens. */
function sentenceFor(message: string, text: string, position: number): string {
  const plain = message.replace(/\s*\('[\s\S]*':-?\d+\)$/, '');
  if (/unclosed|unexpected end/.test(plain) || (position >= text.length && /TOKEN_/.test(plain))) {
    return 'The path ends too early: a bracket, quote or parenthesis is not closed.';
  }
  if (/TOKEN_|unexpected token|selector token/.test(plain)) {
    return `This does not fit here${position < text.length ? `: ${text.slice(position, position + 12)}` : ''}.`;
  }
  const known = sentences.find(([pattern]) => pattern.test(plain));
  return known ? known[1] : `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}

const sentences: [pattern: RegExp, sentence: string][] = [
  [/bald descendant/i, 'A name is missing after the two dots.'],
  [/leading zero/i, 'An index has no zero in front.'],
  [/index out of range/i, 'This index is too large.'],
  [/expected '\.', '\.\.' or a bracketed selection/i, 'A dot or a bracket is expected here.'],
];

type Query = ReturnType<typeof environment.compile>;
/** Offsets of the number literals that json-p3 was given with a 1 in the place of their leading 0. */
type Changed = ReadonlySet<number>;

/** json-p3 2.3 refuses number literals such as 0.5 and 0e1. It gets 1.5 there, of the same length; numberOf turns it back. */
function withReadableNumbers(text: string): { readable: string; changed: Changed } {
  const changed = new Set<number>();
  const quotedOrNumber =
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.\-\u0080-\uffff])0(?=\.\d|[eE][+-]?\d)/g;
  const readable = text.replace(quotedOrNumber, (found: string, offset: number) => {
    if (found !== '0') return found;
    changed.add(offset);
    return '1';
  });
  return { readable, changed };
}

function segmentsOf(query: Query, changed: Changed): Segment[] {
  return query.segments.map((segment) => ({
    descendant: segment.token.kind === jsonpath.TokenKind.DDOT,
    selectors: segment.selectors.map((selector) => selectorOf(selector, changed)),
  }));
}

function selectorOf(selector: jsonpath.JSONPathSelector, changed: Changed): Selector {
  if (selector instanceof selectorTypes.NameSelector) return { kind: 'name', name: selector.name };
  if (selector instanceof selectorTypes.IndexSelector) return { kind: 'index', index: selector.index };
  if (selector instanceof selectorTypes.WildcardSelector) {
    const before = selector.token.input.charAt(selector.token.index - 1);
    return { kind: 'wildcard', members: before === '.' };
  }
  if (selector instanceof selectorTypes.SliceSelector) {
    return { kind: 'slice', start: selector.start, stop: selector.stop, step: selector.step };
  }
  if (selector instanceof selectorTypes.FilterSelector) {
    const test = expressionOf(selector.expression, changed);
    return { kind: 'filter', test: (value, walk) => isTrue(test(value, walk)) };
  }
  throw new Error(`A selector of an unknown kind: ${selector.constructor.name}`);
}

const nothing = Symbol('nothing');
/** A value, the absence of one, a truth of a logical expression (boxed, since false is a value too), or the nodes of a query. */
type Result = PayloadValue | typeof nothing | Truth | Nodes;
type Expression = (current: PayloadValue, walk: Walk) => Result;

class Truth {
  readonly holds: boolean;
  constructor(holds: boolean) {
    this.holds = holds;
  }
}
class Nodes {
  readonly list: WalkNode[];
  constructor(list: WalkNode[]) {
    this.list = list;
  }
}

function isTrue(result: Result): boolean {
  if (result instanceof Truth) return result.holds;
  return result instanceof Nodes && result.list.length > 0;
}

/** One value for a comparison or an argument; nothing where a query found none (or several, which the syntax rules out). */
function single(result: Result): PayloadValue | typeof nothing {
  if (result instanceof Truth) return nothing;
  if (!(result instanceof Nodes)) return result;
  const [first] = result.list;
  return first !== undefined && result.list.length === 1 ? first.value : nothing;
}

function expressionOf(expression: jsonpath.expressions.FilterExpression, changed: Changed): Expression {
  if (expression instanceof expressions.LogicalExpression)
    return expressionOf(expression.expression, changed);
  if (expression instanceof expressions.NullLiteral) return () => null;
  if (expression instanceof expressions.NumberLiteral) {
    const number = numberOf(expression.token, changed);
    return () => number;
  }
  if (expression instanceof expressions.BooleanLiteral || expression instanceof expressions.StringLiteral) {
    const { value } = expression;
    return () => value;
  }
  if (expression instanceof expressions.RelativeQuery) {
    const segments = segmentsOf(expression.path, changed);
    return (current, walk) => new Nodes(walkSegments(segments, current, walk));
  }
  if (expression instanceof expressions.RootQuery) {
    const segments = segmentsOf(expression.path, changed);
    return (_current, walk) => new Nodes(walkSegments(segments, walk.root, walk));
  }
  if (expression instanceof expressions.PrefixExpression) {
    const inner = expressionOf(expression.right, changed);
    return (current, walk) => new Truth(!isTrue(inner(current, walk)));
  }
  if (expression instanceof expressions.InfixExpression) return infixOf(expression, changed);
  if (expression instanceof expressions.FunctionExtension) return functionOf(expression, changed);
  throw new Error(`A filter expression of an unknown kind: ${expression.constructor.name}`);
}

function numberOf(token: jsonpath.Token, changed: Changed): PayloadValue {
  const source = changed.has(token.index) ? `0${token.value.slice(1)}` : token.value;
  const number = Number(source);
  return String(number) === source ? number : new ExactNumber(source);
}

function infixOf(expression: jsonpath.expressions.InfixExpression, changed: Changed): Expression {
  const left = expressionOf(expression.left, changed);
  const right = expressionOf(expression.right, changed);
  const { operator } = expression;
  if (operator === '&&') return (at, walk) => new Truth(isTrue(left(at, walk)) && isTrue(right(at, walk)));
  if (operator === '||') return (at, walk) => new Truth(isTrue(left(at, walk)) || isTrue(right(at, walk)));
  return (at, walk) => new Truth(compare(single(left(at, walk)), operator, single(right(at, walk))));
}

type Comparable = PayloadValue | typeof nothing;

function compare(left: Comparable, operator: string, right: Comparable): boolean {
  if (operator === '==') return equal(left, right);
  if (operator === '!=') return !equal(left, right);
  if (operator === '<') return less(left, right);
  if (operator === '>') return less(right, left);
  if (operator === '<=') return less(left, right) || equal(left, right);
  return less(right, left) || equal(left, right);
}

function equal(left: Comparable, right: Comparable): boolean {
  return left === nothing || right === nothing ? left === right : equalValues(left, right);
}

function less(left: Comparable, right: Comparable): boolean {
  return left !== nothing && right !== nothing && isLess(left, right);
}

function functionOf(expression: jsonpath.expressions.FunctionExtension, changed: Changed): Expression {
  const [first, second] = expression.args.map((argument) => expressionOf(argument, changed));
  if (!first) throw new Error(`The function ${expression.name} has no argument.`);
  switch (expression.name) {
    case 'length':
      return (at, walk) => lengthOf(single(first(at, walk)));
    case 'count':
      return (at, walk) => countOf(first(at, walk));
    case 'value':
      return (at, walk) => single(first(at, walk));
    case 'match':
    case 'search': {
      const test = expression.name === 'match' ? matchFunction : searchFunction;
      if (!test || !second) throw new Error(`The function ${expression.name} is not there.`);
      return (at, walk) => {
        const text = single(first(at, walk));
        const pattern = single(second(at, walk));
        // Only texts match; json-p3 would turn other values into text.
        if (typeof text !== 'string' || typeof pattern !== 'string') return new Truth(false);
        return new Truth(test.call(text, pattern) === true);
      };
    }
    default:
      throw new Error(`A function that is not part of RFC 9535: ${expression.name}`);
  }
}

function lengthOf(value: Comparable): Comparable {
  if (value === nothing) return nothing;
  // RFC 9535 counts characters, not UTF-16 units.
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isPayloadObject(value) ? Object.keys(value).length : nothing;
}

function countOf(result: Result): Comparable {
  return result instanceof Nodes ? result.list.length : nothing;
}
