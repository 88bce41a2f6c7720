// Does one task on one payload: the same code inline and in the worker. Synchronous and pure but for the cache of parsed bodies.
import type { CaptureView, FoundPlaces, PayloadNode } from '#contract';
import {
  applyMapping,
  elementsOf,
  type MappedElement,
  type MappingInput,
  prepare,
} from '../mapping/apply-mapping.ts';
import { type CompiledMapping, compileMapping, compileRows } from '../mapping/compile-mapping.ts';
import { type CompiledPath, compilePath } from '../mapping/compile-path.ts';
import { type CallCover, coverCall } from '../mapping/cover-call.ts';
import { toText } from '../mapping/field-values.ts';
import { SelectionTooLarge } from '../mapping/path-segments.ts';
import { findPlaces, wholeValue } from '../mapping/payload-search.ts';
import { childNodes } from '../mapping/payload-tree.ts';
import { type MappingPreview, previewMapping } from '../mapping/preview-mapping.ts';
import { type SurveyedPath, surveyPaths } from '../mapping/survey-paths.ts';
import { compileUnwrap, unwrap } from '../mapping/unwrap.ts';
import { type ParsedBody, parseBody } from '../parsing/parse-body.ts';
import { ExactNumber, type PayloadValue } from '../parsing/payload-value.ts';
import { captureView } from './capture-view.ts';
import { maskBody } from './mask-body.ts';
import type {
  CheckResult,
  FactPlace,
  PayloadFacts,
  PayloadTask,
  Splitting,
  UnwrapSteps,
} from './payload-task.ts';
import { TaskRefusal } from './task-refusal.ts';

export type GoodBody = Extract<ParsedBody, { ok: true }>;

/** Parsed bodies by key. Bodies that cannot be read are not kept. */
export interface ParsedCache {
  get(key: string): GoodBody | undefined;
  /** Makes room for a body of about this many bytes of text that is parsed next. */
  reserve(textBytes: number): void;
  /** Of a key that it does not hold. */
  put(key: string, parsed: GoodBody): void;
}

export type TaskResult =
  | CheckResult
  | MappedElement[]
  | MappingPreview
  | CallCover
  | SurveyedPath[][]
  | CaptureView
  | { nodes: PayloadNode[]; total: number }
  | FoundPlaces
  | { text: string; cut: boolean }
  | { text: string; masked: number };

/** @param body may be left out where the cache holds the key @throws TaskRefusal */
export function runTask(
  task: PayloadTask,
  facts: PayloadFacts,
  body: Uint8Array | undefined,
  cache: ParsedCache,
): TaskResult {
  try {
    return run(task, facts, body, cache);
  } catch (error) {
    if (error instanceof SelectionTooLarge) throw new TaskRefusal('payload.unreadable', error.message);
    throw error;
  }
}

function run(
  task: PayloadTask,
  facts: PayloadFacts,
  body: Uint8Array | undefined,
  cache: ParsedCache,
): TaskResult {
  const parsed = parse(facts, body, cache);
  if (task.kind === 'check') return check(task, facts, parsed);
  if (task.kind === 'view') return captureView(facts, body ?? new Uint8Array(), opened(parsed, task.unwrap));
  if (!parsed.ok) throw new TaskRefusal('payload.unreadable', parsed.rejection.message);
  const input = mappingInput(facts, parsed);
  if (task.kind === 'preview') return previewMapping(task.mapping, input);
  if (task.kind === 'survey') return surveyPaths(splittingOf(task.splitting), input, task.of);
  if (task.kind === 'cover') return coverCall(compileRows(task.mapping).compiled, input);
  if (task.kind === 'map') {
    const compiled = compileMapping(task.mapping);
    if (!compiled.ok) {
      const [first] = compiled.rows;
      const why = first?.problem ? `${first.row}: ${first.problem.message}` : 'A path cannot be read.';
      throw new TaskRefusal('mapping.invalid', why, first?.row);
    }
    return applyMapping(compiled.compiled, input);
  }
  if (task.kind === 'mask') {
    return maskBody(parsed, body ?? new Uint8Array(), task.paths) ?? { text: '', masked: 0 };
  }
  if (task.kind === 'find') return findPlaces(opened(parsed, task.unwrap).value, task.text, task.after);
  if (task.kind === 'value') {
    const { headers, query, singleAsList } = input;
    const whole = wholeValue(parsed.value, task.path, { headers, query, singleAsList });
    if (!whole) throw leadsNowhere();
    return whole;
  }
  const children = childNodes(opened(parsed, task.unwrap).value, task.path, task.offset, task.limit);
  if (!children) throw leadsNowhere();
  return children;
}

function leadsNowhere(): TaskRefusal {
  return new TaskRefusal('input.invalid', 'This path leads nowhere in this call.', 'path');
}

function parse(facts: PayloadFacts, body: Uint8Array | undefined, cache: ParsedCache): ParsedBody {
  const held = facts.key === '' ? undefined : cache.get(facts.key);
  if (held) return held;
  if (!body) throw new Error('The body of this payload is not held any more.');
  const { contentType, contentEncoding, maxBytes } = facts;
  // How large a compressed body becomes is not known before.
  cache.reserve(contentEncoding ? Number.POSITIVE_INFINITY : body.length);
  const parsed = parseBody({ body, contentType, contentEncoding, maxBytes });
  if (parsed.ok && facts.key !== '') cache.put(facts.key, parsed);
  return parsed;
}

function mappingInput(facts: PayloadFacts, parsed: GoodBody): MappingInput {
  return {
    value: parsed.value,
    headers: facts.headers,
    query: facts.query,
    eventType: facts.eventType,
    singleAsList: parsed.format === 'xml',
  };
}

function check(
  task: Extract<PayloadTask, { kind: 'check' }>,
  facts: PayloadFacts,
  parsed: ParsedBody,
): CheckResult {
  if (!parsed.ok) return parsed;
  const { format, notes, value } = parsed;
  const eventType = unlessTooLarge(() => factAt(task.eventType, facts, value));
  const elements = countElements(task.splitting, { ...facts, eventType }, parsed);
  const deliveryId = unlessTooLarge(() => factAt(task.deliveryId, facts, value));
  return {
    ok: true,
    format,
    elements,
    notes,
    ...(eventType === undefined ? {} : { eventType }),
    ...(deliveryId === undefined ? {} : { deliveryId }),
  };
}

/** As the mapping has them; the body's own count where its split cannot be used, which is not the sender's fault. */
function countElements(splitting: Splitting | undefined, facts: PayloadFacts, parsed: GoodBody): number {
  if (!splitting) return parsed.elements;
  const { mapping, input } = prepare(splittingOf(splitting), mappingInput(facts, parsed));
  if (!mapping.split && input.value === parsed.value) return parsed.elements;
  return unlessTooLarge(() => elementsOf(mapping.split, input).length) ?? parsed.elements;
}

const compiledSplittings = new WeakMap<Splitting, CompiledMapping>();

/** Remembered by the object itself: the receiver asks with the same one for every call. */
function splittingOf(splitting: Splitting): CompiledMapping {
  const known = compiledSplittings.get(splitting);
  if (known) return known;
  const { compiled } = compileRows({ id: '', title: '', ...splitting });
  compiledSplittings.set(splitting, compiled);
  return compiled;
}

/** The body with its wrapped texts open, for the tree. */
function opened<Body extends ParsedBody>(parsed: Body, steps: UnwrapSteps): Body {
  if (!parsed.ok || steps === undefined || steps.length === 0) return parsed;
  const singleAsList = parsed.format === 'xml';
  const { value } = unwrap(compileUnwrap(steps).compiled, parsed.value, { singleAsList });
  return { ...parsed, value };
}

function unlessTooLarge<T>(select: () => T): T | undefined {
  try {
    return select();
  } catch (error) {
    if (error instanceof SelectionTooLarge) return undefined;
    throw error;
  }
}

function compiledOrNone(text: string | undefined): CompiledPath | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const compiled = compilePath(text);
  return compiled.ok ? compiled.path : undefined;
}

/** The header first, else the path; of a list the first element may carry it. Texts, numbers and booleans only. */
function factAt(place: FactPlace | undefined, facts: PayloadFacts, value: PayloadValue): string | undefined {
  const wanted = place?.header?.toLowerCase();
  const header = facts.headers.find(([name]) => name.toLowerCase() === wanted)?.[1].trim();
  if (header) return header.slice(0, maxFactChars);
  const path = compiledOrNone(place?.path);
  if (!path) return undefined;
  const context = { headers: facts.headers, query: facts.query };
  const first = Array.isArray(value) ? value[0] : undefined;
  const found =
    path.first(value, context)?.value ??
    (first === undefined ? undefined : path.first(first, context)?.value);
  if (found === undefined || (typeof found === 'object' && !(found instanceof ExactNumber))) return undefined;
  return toText(found)?.trim().slice(0, maxFactChars) || undefined;
}

const maxFactChars = 200;
