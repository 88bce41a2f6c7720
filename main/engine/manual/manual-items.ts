// Items of manual sources: typed in, edited and removed by hand. Each step is a capture of method MANUAL, durable before the
// answer, and indexed like every other one.
import { type Caller, type Item, type JsonValue, ProblemError } from '#contract';
import { packBody, unpackBody } from '../captures/body-packing.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import { manualEvents, manualMethod } from '../captures/manual-captures.ts';
import type { Changes } from '../changes.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { Mappings } from '../indexing/mappings.ts';
import type { RevisionsTable } from '../indexing/revisions-table.ts';
import { type Items, itemIdOf } from '../items/items.ts';
import type { ItemsTable } from '../items/items-table.ts';
import { toText } from '../mapping/field-values.ts';
import { type Database, transact } from '../store/database.ts';
import { type ManualField, manualFieldsOf, manualMapping } from './manual-mapping.ts';
import type { ManualTable } from './manual-table.ts';
import { findUnfitValues, type ReplacedValues, whyUnfit } from './unfit-values.ts';

type Values = Record<string, JsonValue>;

const typeWords: Record<ManualField['type'], string> = {
  text: 'a text',
  number: 'a number',
  date: 'a date',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object',
};

const maxBytes = 4 * 1024 * 1024;

export function createManualItems(deps: {
  database: Database;
  table: ManualTable;
  capturesTable: CapturesTable;
  dataSources: DataSources;
  mappings: Mappings;
  revisions: RevisionsTable;
  indexer: Indexer;
  items: Items;
  itemsTable: ItemsTable;
  changes: Changes;
}) {
  const {
    database,
    table,
    capturesTable,
    dataSources,
    mappings,
    revisions,
    indexer,
    items,
    itemsTable,
    changes,
  } = deps;

  /** Items that are being added: two adds of one id must not both find it free. */
  const adding = new Set<string>();

  function requireManual(dataSourceId: string): { connectionId: string } {
    const { entry, connections } = dataSources.get(dataSourceId);
    if (entry !== 'manual') {
      throw new ProblemError(
        'item.fixed',
        'The items of this data source come from calls and files; they are not typed in by hand.',
        { path: 'dataSourceId' },
      );
    }
    return { connectionId: connections[0]?.id ?? '' };
  }

  const fieldsOf = (dataSourceId: string): ManualField[] =>
    manualFieldsOf(mappings.get(dataSourceId).mapping);

  /** Only values of these fields, each fit for its type; null empties a field. */
  function checked(fields: readonly ManualField[], values: Values): Values {
    const fit = Object.create(null) as Values;
    for (const [name, value] of Object.entries(values)) {
      const field = fields.find((each) => each.name === name);
      const path = `fields.${name}`;
      if (!field) {
        throw new ProblemError('input.invalid', `The data source has no field "${name}".`, { path });
      }
      const why = whyUnfit(value, field.type);
      if (why !== undefined) {
        throw new ProblemError('input.invalid', `${name}: ${why}`, { path });
      }
      fit[name] = value;
    }
    return fit;
  }

  function bodyOf(value: { id: string; title?: string; fields?: Values }): Buffer {
    const body = Buffer.from(JSON.stringify(value));
    if (body.length > maxBytes) {
      throw new ProblemError('input.invalid', 'An item that is typed in has at most 4 MiB.', {
        path: 'fields',
      });
    }
    return body;
  }

  /** Durable when it resolves; gives the capture's id once it is indexed. */
  async function write(
    dataSourceId: string,
    connectionId: string,
    event: (typeof manualEvents)[keyof typeof manualEvents],
    body: Buffer,
    signal: AbortSignal,
  ): Promise<string> {
    const packed = await packBody(body, false);
    const id = createId('cap');
    transact(database, () =>
      capturesTable.insert({
        id,
        data_source_id: dataSourceId,
        connection_id: connectionId,
        received_at: Date.now(),
        method: manualMethod,
        path: '',
        query: '',
        headers: '[]',
        content_type: 'application/json',
        format: 'json',
        size: body.length,
        outcome: 'accepted',
        status: 200,
        event_type: event,
        delivery_id: null,
        item_count: 1,
        index_state: 'waiting',
        rejection: null,
        verification: null,
        found: null,
        notes: '[]',
        body: packed,
      }),
    );
    changes.tell('captures.received', { dataSourceId, ids: [id], count: 1 });
    changes.tell('dataSources.changed', { id: dataSourceId });
    await indexer.settled(dataSourceId, signal);
    return id;
  }

  /** A value that would not fit the new type of its field would be gone from its item. */
  async function refuseUnfit(
    dataSourceId: string,
    fields: ManualField[],
    replaced: ReplacedValues | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const before = fieldsOf(dataSourceId);
    const changed = fields.filter(({ name, type }) =>
      before.some((field) => field.name === name && field.type !== type),
    );
    if (changed.length === 0) return;
    const revision = revisions.liveRevision(dataSourceId);
    const unfit = await findUnfitValues(itemsTable, dataSourceId, revision, changed, replaced, signal);
    if (!unfit) return;
    const { field, items: count, example } = unfit;
    const shown = toText(example.value)?.slice(0, 80) ?? '';
    throw new ProblemError(
      'item.unfit',
      `"${field.name}" cannot become ${typeWords[field.type]}: ${count === 1 ? 'one item has a value' : `${count} items have values`} that would not fit, such as "${shown}" in "${example.title.slice(0, 80)}". Change ${count === 1 ? 'it' : 'them'} first, or add a field of another name. Nothing was changed.`,
      { path: `fields.${field.name}.type` },
    );
  }

  /** The id of the item that a capture removes by hand; undefined for every other capture. */
  async function removedIn(captureId: string): Promise<string | undefined> {
    const capture = capturesTable.get(captureId);
    const packed = capturesTable.body(captureId);
    const isRemoval = capture?.method === manualMethod && capture.event_type === manualEvents.removed;
    if (!isRemoval || !packed) return undefined;
    const { id } = JSON.parse(Buffer.from(await unpackBody(packed)).toString()) as { id: string };
    return id;
  }

  function ofManual(itemId: string): { item: Item; connectionId: string } {
    const { item } = items.get(itemId);
    return { item, ...requireManual(item.dataSourceId) };
  }

  /** What of a write is asked first: nothing is changed before all of it is known to fit. */
  async function setFields(
    dataSourceId: string,
    fields: ManualField[],
    replaced: ReplacedValues | undefined,
    via: Caller,
    signal: AbortSignal,
  ): Promise<void> {
    await refuseUnfit(dataSourceId, fields, replaced, signal);
    await mappings.save({ dataSourceId, mapping: manualMapping(fields) }, signal, via);
  }

  return {
    /** Sets the fields of a manual source; its history is indexed again under them. */
    async setFields(
      dataSourceId: string,
      fields: ManualField[],
      via: Caller,
      signal: AbortSignal,
    ): Promise<ManualField[]> {
      requireManual(dataSourceId);
      await setFields(dataSourceId, fields, undefined, via, signal);
      return fieldsOf(dataSourceId);
    },

    async add(
      input: {
        dataSourceId: string;
        externalId?: string | undefined;
        title: string;
        fields?: Values | undefined;
        sourceFields?: ManualField[] | undefined;
      },
      via: Caller,
      signal: AbortSignal,
    ): Promise<Item> {
      const { dataSourceId, title, sourceFields } = input;
      const { connectionId } = requireManual(dataSourceId);
      const id = input.externalId?.trim() || createId('row');
      const itemId = itemIdOf(dataSourceId, id);
      if (items.find(itemId) || adding.has(itemId)) {
        throw new ProblemError(
          'item.taken',
          `There is an item with the id "${id}" already. Edit it, or choose another id.`,
          {
            path: 'externalId',
          },
        );
      }
      const fields = checked(sourceFields ?? fieldsOf(dataSourceId), input.fields ?? {});
      const body = bodyOf({ id, title, fields });
      adding.add(itemId);
      try {
        if (sourceFields) await setFields(dataSourceId, sourceFields, undefined, via, signal);
        await write(dataSourceId, connectionId, manualEvents.added, body, signal);
      } finally {
        adding.delete(itemId);
      }
      return items.get(itemId).item;
    },

    /** What is left out stays as it is; null empties a field. */
    async edit(
      input: {
        id: string;
        title?: string | undefined;
        fields?: Values | undefined;
        sourceFields?: ManualField[] | undefined;
      },
      via: Caller,
      signal: AbortSignal,
    ): Promise<Item> {
      const { item, connectionId } = ofManual(input.id);
      const { dataSourceId } = item;
      const { sourceFields } = input;
      const fields = checked(sourceFields ?? fieldsOf(dataSourceId), input.fields ?? {});
      const body = bodyOf({ id: item.externalId, title: input.title ?? item.title, fields });
      if (sourceFields) {
        await setFields(dataSourceId, sourceFields, { itemId: item.id, fields }, via, signal);
      }
      await write(dataSourceId, connectionId, manualEvents.edited, body, signal);
      return items.get(input.id).item;
    },

    /** The answer takes it back with `restore`. */
    async remove(id: string, signal: AbortSignal): Promise<string> {
      const { item, connectionId } = ofManual(id);
      const body = bodyOf({ id: item.externalId });
      return await write(item.dataSourceId, connectionId, manualEvents.removed, body, signal);
    },

    /** The item is back as it was, with its history. */
    async restore(removal: string, signal: AbortSignal): Promise<void> {
      const row = capturesTable.get(removal);
      const externalId = await removedIn(removal);
      if (row && externalId !== undefined && items.find(itemIdOf(row.data_source_id, externalId))) {
        throw new ProblemError(
          'item.taken',
          `There is an item with the id "${externalId}" again. Delete it first; only one of them can be there.`,
          { path: 'removal' },
        );
      }
      const mapping = row && mappings.get(row.data_source_id).mapping;
      const undone =
        mapping &&
        transact(database, () => {
          if (!table.undoRemoval(removal)) return false;
          revisions.add(row.data_source_id, mapping, Date.now());
          return true;
        });
      if (!undone) {
        throw new ProblemError(
          'capture.missing',
          'This removal does not exist, or it was taken back already.',
          {
            path: 'removal',
          },
        );
      }
      await indexer.settled(row.data_source_id, signal);
    },
  };
}

export type ManualItems = ReturnType<typeof createManualItems>;
