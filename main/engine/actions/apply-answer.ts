// What the answer of an action gives back to the item: its fields are kept beside the item and written as a version that names the
// delivery. Runs inside the transaction that settles the delivery. No module is triggered by it: a module would answer its own answers.
import type { Exchange, JsonValue } from '#contract';
import type { Changes } from '../changes.ts';
import type { ItemAnswersTable } from '../items/item-answers-table.ts';
import type { Items } from '../items/items.ts';
import type { ItemsTable } from '../items/items-table.ts';
import type { Actions } from './actions.ts';
import { readAnswerFields } from './read-answer-fields.ts';

export function createApplyAnswer(deps: {
  actions: Pick<Actions, 'find'>;
  items: Items;
  itemsTable: ItemsTable;
  answers: ItemAnswersTable;
  changes: Changes;
}) {
  /** Gives the fields, for the steps behind; none where the action takes nothing or the answer does not have it. */
  return function applyAnswer(
    settled: { deliveryId: string; exchange: Exchange | undefined },
    run: { actionId: string | undefined; itemId: string | undefined; captureId: string | undefined },
  ): Record<string, JsonValue> {
    const action = run.actionId === undefined ? undefined : deps.actions.find(run.actionId);
    const answer = settled.exchange?.answer;
    if (!action?.answerFields?.length || !answer) return {};
    const { text, base64, cut } = answer.body ?? { cut: false };
    const values = readAnswerFields(action.answerFields, {
      body: text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text),
      contentType: answer.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1],
      cut,
    });
    const fields: Record<string, JsonValue> = {};
    for (const { field, value } of values) if (value !== undefined) fields[field] = value;
    if (run.itemId === undefined || Object.keys(fields).length === 0) return fields;
    const item = deps.itemsTable.get(run.itemId);
    // Gone since: removed, or made no more under a new mapping.
    if (!item) return fields;
    deps.answers.put(item.data_source_id, item.external_id, fields);
    const { deliveryId } = settled;
    const { captureId } = run;
    if (deps.items.writeAnswer(run.itemId, { fields, deliveryId, captureId, at: Date.now() })) {
      deps.changes.tell('items.changed', { dataSourceId: item.data_source_id });
    }
    return fields;
  };
}

export type ApplyAnswer = ReturnType<typeof createApplyAnswer>;
