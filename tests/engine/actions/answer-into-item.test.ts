// What an answer gives back to the item: a version that names the delivery, kept over the next call and under another mapping.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ModuleStage, setModuleStage, until } from '../../harness/module-stage.ts';

let stage: ModuleStage;
let actionId: string;
beforeEach(async () => {
  stage = await setModuleStage();
  const { action } = await stage.test.call('actions.create', {
    dataSourceId: stage.targetId,
    action: {
      name: 'Create a contact',
      effect: 'creating',
      method: 'POST',
      path: '/contacts',
      query: [],
      headers: [],
      body: { kind: 'json', template: '{"name": {{ item.title | json }}}' },
      answerFields: [
        { field: 'contactId', path: 'contact.id', type: 'number' },
        { field: 'missing', path: 'contact.nothing', type: 'text' },
      ],
    },
  });
  actionId = action.id;
  await stage.addModule({
    steps: [{ id: 'one', dataSourceId: stage.targetId, actionId, stopOnFailure: true }],
  });
  stage.server.always({
    status: 201,
    headers: { 'content-type': 'application/json' },
    body: '{"contact": {"id": 12345678901234567890}}',
  });
});
afterEach(() => stage.stop());

const itemOf = async () => {
  const { items } = await stage.test.call('items.list', { dataSourceId: stage.sourceId });
  return await stage.test.call('items.get', { id: items[0]?.id ?? '' });
};
const answered = () =>
  until(stage.test, ['items.changed', 'runs.changed'], async () => {
    const found = await itemOf();
    return found.item.fields['contactId'] === undefined ? undefined : found;
  });

it('is a version of the item that names the delivery, with every digit', async () => {
  await stage.send({ id: 1, name: 'Ada', email: 'ada@example.com' });
  const { item, versions } = await answered();
  const { deliveries } = await stage.test.call('deliveries.list', {});
  expect(item.fields['contactId']).toBe('12345678901234567890');
  expect(item.fields).not.toHaveProperty('missing');
  expect(versions).toMatchObject([
    { version: 2, by: 'answer', deliveryId: deliveries[0]?.id, changed: ['contactId'] },
    { version: 1, by: 'call' },
  ]);
  expect(versions[1]?.deliveryId).toBeUndefined();
  // The answer triggers nothing: one call was made.
  expect(stage.server.calls).toHaveLength(1);
});

it('outlives the next call and another mapping, and goes with its data source', async () => {
  await stage.send({ id: 1, name: 'Ada', email: 'ada@example.com' });
  await answered();
  await stage.send({ id: 1, name: 'Ada Lovelace', email: 'ada@example.com' });
  await until(stage.test, ['items.changed'], async () =>
    (await itemOf()).item.title === 'Ada Lovelace' ? true : undefined,
  );
  expect((await itemOf()).item.fields['contactId']).toBe('12345678901234567890');
  await stage.test.call('mapping.save', {
    dataSourceId: stage.sourceId,
    mapping: { id: 'id', title: 'email', fields: [{ name: 'who', path: 'name', type: 'text' }] },
  });
  const { item } = await itemOf();
  expect(item).toMatchObject({ title: 'ada@example.com', fields: { who: 'Ada Lovelace' } });
  expect(item.fields['contactId']).toBe('12345678901234567890');
});
