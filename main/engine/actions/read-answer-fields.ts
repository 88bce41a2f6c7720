// What of an answer goes back into the item: a path into the answer for each field. Pure.
import type { ActionInput, JsonValue } from '#contract';
import { readField } from '../mapping/apply-mapping.ts';
import { compilePath } from '../mapping/compile-path.ts';
import { toField } from '../mapping/field-values.ts';
import { parseBody } from '../parsing/parse-body.ts';

export interface AnswerValue {
  field: string;
  value?: JsonValue;
  problem?: string;
}

/** `cut`: the answer is longer than what is kept of it, so that it cannot be read. */
export function readAnswerFields(
  fields: NonNullable<ActionInput['answerFields']>,
  answer: { body: Uint8Array; contentType: string | undefined; cut: boolean },
): AnswerValue[] {
  if (fields.length === 0) return [];
  const all = (problem: string) => fields.map(({ field }) => ({ field, problem }));
  if (answer.cut) return all('The answer is longer than 64 KiB; nothing of it is read.');
  if (answer.body.length === 0) return all('The answer is empty.');
  const parsed = parseBody({ body: answer.body, contentType: answer.contentType });
  if (!parsed.ok) return all(`The answer cannot be read: ${parsed.rejection.message}`);
  return fields.map(({ field, path, type }) => {
    const compiled = compilePath(path);
    if (!compiled.ok) return { field, problem: compiled.message };
    const found = readField(compiled.path, type, parsed.value, { singleAsList: parsed.format === 'xml' });
    if (found === undefined) return { field, problem: 'The path yields nothing in this answer.' };
    return { field, ...toField(found, type) };
  });
}
