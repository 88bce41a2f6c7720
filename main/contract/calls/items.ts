// Calls about items, received or typed in by hand.
import { z } from 'zod';
import {
  exportFormat,
  item,
  itemChoice,
  itemField,
  itemSort,
  itemTitle,
  itemValues,
  itemVersion,
  manualField,
} from '../models/item.ts';
import { id, limit, nothing, read, write } from './define.ts';

const manualFields = z.array(manualField).max(200);
const sourceFields = manualFields.optional();
const fieldsBasedOn = z.array(itemField).max(200).optional();

export const itemsCalls = {
  'items.list': read(
    'The items of a data source, last updated first, or in another order; all, or those that a search and filters choose.',
    z.object({
      dataSourceId: id,
      limit,
      /** The `next` of the page before, of the same search, order and filters. */
      before: z.string().max(12_000).optional(),
      ...itemChoice,
      sort: itemSort.optional(),
    }),
    z.object({
      items: z.array(item),
      next: z.string().optional(),
      /** With the first page: how many there are; `exact` false means more than that. */
      total: z.object({ count: z.number().int(), exact: z.boolean() }).optional(),
      /** With a search: items whose words are not indexed yet. */
      unsearched: z.number().int().optional(),
    }),
  ),
  'items.view': read(
    'What View Data shows of a data source: its fields, and the columns that were chosen.',
    z.object({ dataSourceId: id }),
    z.object({ fields: z.array(itemField), columns: z.array(z.string()).optional() }),
  ),
  'items.keepView': write(
    'Remembers the columns of View Data, in order. Without `columns` the choice is forgotten.',
    z.object({ dataSourceId: id, columns: z.array(itemSort.shape.column).max(200).optional() }),
    nothing,
  ),
  'items.export': read(
    'Items as NDJSON, page by page, in the order of their ids: one JSON object a line, numbers digit for digit.',
    z.object({
      dataSourceId: id,
      limit: z.number().int().min(1).max(5_000).optional(),
      before: z.string().max(12_000).optional(),
      ...itemChoice,
    }),
    z.object({ ndjson: z.string(), count: z.number().int(), next: z.string().optional() }),
  ),
  'items.download': write(
    'Prepares a file of items; its ticket is good once and for a minute. Told by `items.exported` from then on.',
    z.object({
      dataSourceId: id,
      format: exportFormat,
      ...itemChoice,
      /** Only these items; then search and filters are left out. */
      ids: z.array(id).min(1).max(10_000).optional(),
    }),
    z.object({ ticket: z.string(), fileName: z.string() }),
  ),
  'items.cancelDownload': write('Stops a download; nothing of it stays.', z.object({ ticket: id }), nothing),
  'items.get': read(
    'One item with its versions, newest first (at most 200).',
    z.object({ id }),
    z.object({ item, versions: z.array(itemVersion) }),
  ),
  'items.setFields': write(
    'Sets the fields of a manual source; its items are made again under them. Values of a field that is left out are kept in the history. A type that values of items would not fit is refused with item.unfit.',
    z.object({ dataSourceId: id, fields: manualFields }),
    z.object({ fields: z.array(manualField) }),
  ),
  'items.add': write(
    'Adds an item to a manual source. Without `externalId` it gets an id of its own. With `sourceFields` the fields of the source are set as by items.setFields, together with the item or not at all; with `fieldsBasedOn`, as they were read, only where they are still these (else `item.conflict`).',
    z.object({
      dataSourceId: id,
      externalId: z.string().trim().max(500).optional(),
      title: itemTitle,
      fields: itemValues.optional(),
      sourceFields,
      fieldsBasedOn,
    }),
    z.object({ item }),
  ),
  'items.edit': write(
    'Changes an item of a manual source; what is left out stays, null empties a field. `sourceFields` and `fieldsBasedOn` as in items.add. With `basedOn`, a version of the item, only where it is still the newest (else `item.conflict`).',
    z.object({
      id,
      title: itemTitle.optional(),
      fields: itemValues.optional(),
      sourceFields,
      fieldsBasedOn,
      basedOn: z.number().int().optional(),
    }),
    z.object({ item }),
  ),
  'items.remove': write(
    'Removes an item of a manual source. items.restore takes it back with the `removal` of the answer.',
    z.object({ id }),
    z.object({ removal: id }),
  ),
  'items.removeSeveral': write(
    'Removes items of one manual source, all or none. Those that are gone already are passed over; `removed` counts the others. items.restore takes all of them back.',
    z.object({ ids: z.array(id).min(1).max(1_000) }),
    z.object({ removal: id, removed: z.number().int() }),
  ),
  'items.restore': write(
    'Takes the removal of an item, or of several at once, back; they are there as before, with their history.',
    z.object({ removal: id }),
    nothing,
  ),
};
