// Calls about the actions of a data source.
import { z } from 'zod';
import { action, actionInput, preparedRequest, templateValue } from '../models/action.ts';
import { exchange } from '../models/exchange.ts';
import { id, read, write } from './define.ts';

/** The action as it stands in the form, and the item it is tried on (the newest one without `itemId`). */
const trial = z.object({ dataSourceId: id, action: actionInput, itemId: id.optional() });

export const actionsCalls = {
  'actions.list': read(
    'The actions of a data source, by name.',
    z.object({ dataSourceId: id }),
    z.object({ actions: z.array(action) }),
  ),
  'actions.get': read('One action.', z.object({ id }), z.object({ action })),
  'actions.create': write(
    'Creates an action. Fails with `action.invalid` where a template does not parse.',
    z.object({ dataSourceId: id, action: actionInput }),
    z.object({ action }),
  ),
  'actions.update': write(
    'Changes an action as a whole.',
    z.object({ id, action: actionInput }),
    z.object({ action }),
  ),
  'actions.delete': write(
    'Deletes an action; `actions.undoDelete` brings it back for a while. Fails with `action.inUse` while modules use it.',
    z.object({ id }),
    z.object({ undoUntil: z.string() }),
  ),
  'actions.undoDelete': write('Brings a deleted action back.', z.object({ id }), z.object({ action })),
  'actions.preview': read(
    'The request that the action would send for an item, and what its templates can insert. Sends nothing.',
    trial,
    z.object({
      prepared: preparedRequest,
      item: z.object({ id, externalId: z.string(), title: z.string() }).optional(),
      values: z.array(templateValue),
    }),
  ),
  'actions.try': write(
    'Sends the request of the action for an item, once, and answers with the whole exchange. Nothing goes back into the item.',
    trial,
    z.object({
      exchange,
      answerValues: z.array(
        z.object({ field: z.string(), text: z.string().optional(), problem: z.string().optional() }),
      ),
    }),
  ),
  'actions.readCurl': read(
    'Reads a cURL command into the form of an action. A secret in it is not kept: `notes` say what was left out.',
    z.object({ command: z.string().min(1).max(200_000), dataSourceId: id.optional() }),
    z.object({ action: actionInput, baseUrl: z.string().optional(), notes: z.array(z.string()) }),
  ),
};
