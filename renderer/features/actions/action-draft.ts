// An action as it is typed: may be incomplete, is kept over a reload. Pure.
import { z } from 'zod';
import {
  type Action,
  type ActionInput,
  actionInput,
  answerField,
  fieldType,
  type TemplateFault,
} from '#contract';
import { text } from '../../text/en.ts';
import { starterBody } from '../request-parts/starter-body.ts';

export const actionDraft = z.object({
  ...actionInput.shape,
  name: z.string(),
  answerFields: z.array(z.object({ key: z.string(), field: z.string(), path: z.string(), type: fieldType })),
});
export type ActionDraft = z.infer<typeof actionDraft>;
export type AnswerRow = ActionDraft['answerFields'][number];

export const emptyAction: ActionDraft = {
  name: '',
  effect: 'creating',
  method: 'POST',
  path: '',
  query: [],
  headers: [],
  body: { kind: 'json', template: starterBody },
  answerFields: [],
};

export function draftOf(action: Action | ActionInput | undefined): ActionDraft {
  if (!action) return emptyAction;
  const { name, effect, connectionId, method, path, query, headers, body, answerFields = [] } = action;
  return {
    name,
    effect,
    ...(connectionId !== undefined && { connectionId }),
    method,
    path,
    query,
    headers,
    body,
    answerFields: answerFields.map((row, index) => ({ key: `saved-${index}`, ...row })),
  };
}

export function inputOf(draft: ActionDraft): ActionInput {
  const { answerFields, ...parts } = draft;
  return {
    ...parts,
    name: draft.name.trim(),
    ...(draft.method === 'GET' || draft.method === 'HEAD' ? { body: { kind: 'none' } } : {}),
    answerFields: answerFields.map(({ key: _, ...row }) => ({
      ...row,
      field: row.field.trim(),
      path: row.path.trim(),
    })),
  };
}

/** For preview and trial: what is not complete yet is left out rather than refused. */
export function trialOf(draft: ActionDraft): ActionInput {
  const input = inputOf(draft);
  return {
    ...input,
    name: input.name === '' ? text.actions.new : input.name,
    answerFields:
      input.answerFields?.filter((row) => answerField.safeParse(row).success && row.path !== '') ?? [],
  };
}

/** What does not fit before the engine is asked, placed as the engine places its faults. */
export function draftFaults(draft: ActionDraft): TemplateFault[] {
  const parsed = actionInput.safeParse(inputOf(draft));
  const faults: TemplateFault[] =
    parsed.error?.issues.map(({ path, message }) => ({ where: path.join('.'), message })) ?? [];
  for (const [index, { field, path }] of draft.answerFields.entries()) {
    if (field.trim() === '') {
      // zod's own words for an empty text say nothing to the reader.
      const known = faults.find(({ where }) => where === `answerFields.${index}.field`);
      if (known) known.message = text.actions.nameMissing;
    }
    if (path.trim() === '')
      faults.push({ where: `answerFields.${index}.path`, message: text.actions.pathMissing });
  }
  return faults;
}

export const isChanged = (draft: ActionDraft, saved: Action | undefined) =>
  JSON.stringify(inputOf(draft)) !== JSON.stringify(inputOf(draftOf(saved)));

/** Methods that most APIs expect for an effect; taken over while the method was not chosen by hand. */
export const usualMethod = {
  creating: 'POST',
  updating: 'PATCH',
  creatingOrUpdating: 'PUT',
  custom: 'POST',
} as const satisfies Record<ActionDraft['effect'], ActionDraft['method']>;
