// The paths that one call has, for completion and suggestions: of its first elements each path once, with its value. Pure.
import type { ValueType } from '#contract';
import { isPayloadObject, type PayloadValue, typeOfValue } from '../parsing/payload-value.ts';
import { elementsOf, type MappingInput, prepare } from './apply-mapping.ts';
import type { CompiledMapping } from './compile-mapping.ts';
import { appendKey } from './dotted-path.ts';
import { shownValue } from './shown-value.ts';

/** elements: paths from each element of the split · payload: from the top of the call · lists: what a split may go over. */
export type SurveyOf = 'elements' | 'payload' | 'lists';

export interface SurveyedPath {
  path: string;
  type: ValueType;
  /** As received, cut at 200 characters. */
  text: string;
  /** Inside a list: one of several values. */
  inList?: true;
}

const maxPaths = 400;
const maxElements = 10;
const maxPathDepth = 12;
const exampleChars = 200;

/** By element. Objects and lists are paths, too; of a list only the first entry is looked into. */
export function surveyPaths(
  compiled: CompiledMapping,
  received: MappingInput,
  of: SurveyOf,
): SurveyedPath[][] {
  const { mapping, input } = prepare(compiled, received);
  if (of === 'payload') return [survey(input.value)];
  if (of === 'lists') return [survey(input.value).flatMap(asList)];
  return elementsOf(mapping.split, input).slice(0, maxElements).map(survey);
}

function survey(top: PayloadValue): SurveyedPath[] {
  const paths: SurveyedPath[] = [];
  const queue: { path: string; value: PayloadValue; depth: number; inList: boolean }[] = [
    { path: '', value: top, depth: 0, inList: false },
  ];
  // Level by level, so that what is cut off at the limit is what lies deepest.
  for (let at = 0; at < queue.length && paths.length < maxPaths; at++) {
    const entry = queue[at];
    if (!entry) break;
    const { path, value, depth, inList } = entry;
    if (path !== '') paths.push({ path, ...exampleOf(value), ...(inList && { inList: true }) });
    if (depth >= maxPathDepth || queue.length > maxPaths * 2) continue;
    if (Array.isArray(value)) {
      const [first] = value;
      if (first !== undefined)
        queue.push({ path: appendKey(path, 0), value: first, depth: depth + 1, inList: true });
    } else if (isPayloadObject(value)) {
      for (const key of Object.keys(value).slice(0, maxPaths)) {
        const inner = value[key] as PayloadValue;
        queue.push({ path: appendKey(path, key), value: inner, depth: depth + 1, inList });
      }
    }
  }
  return paths;
}

function exampleOf(value: PayloadValue): { type: ValueType; text: string } {
  return { type: typeOfValue(value), text: shownValue(value, exampleChars).text };
}

/** `$.orders[*]` for a list of objects. */
function asList({ path, type, text, inList }: SurveyedPath): SurveyedPath[] {
  if (type !== 'list' || inList || !text.startsWith('[{')) return [];
  return [{ path: `$${path.startsWith('[') ? '' : '.'}${path}[*]`, type, text }];
}
