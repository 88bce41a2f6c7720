// Items of manual sources: typed in, edited and removed by hand. Each step is a capture of method MANUAL, durable before the
// answer, and indexed like every other one.
import { type Caller, type Item, type JsonValue, ProblemError } from '#contract';
import type { CapturesTable } from '../captures/captures-table.ts';
import { manualEvents } from '../captures/manual-captures.ts';
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
import { createManualCalls } from './manual-calls.ts';
import { type ManualField, manualFieldsOf, manualMapping } from './manual-mapping.ts';
import type { ManualTable } from './manual-table.ts';
import { createOneAfterAnother } from './one-after-another.ts';
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

  const calls = createManualCalls({ database, capturesTable, mappings, indexer, changes });
  /** What one change of an item has made of it is there before the next one looks. */
  const inTurn = createOneAfterAnother();

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

  function ofManual(itemId: string): { item: Item; connectionId: string } {
    const { item } = items.get(itemId);
    return { item, ...requireManual(item.dataSourceId) };
  }

  function requireVersion(item: Item, basedOn: number | undefined): void {
    if (basedOn === undefined || basedOn === item.version) return;
    throw new ProblemError(
      'item.conflict',
      `"${item.title.slice(0, 80)}" was changed since it was read here: version ${item.version} is the newest, not ${basedOn}. Nothing was overwritten.`,
      { path: 'basedOn' },
    );
  }

  /** The stamp under which the fields of the source may be replaced. */
  function fieldsStamp(dataSourceId: string, basedOn: readonly ManualField[] | undefined): string {
    const shape = (fields: readonly ManualField[]) =>
      JSON.stringify(fields.map(({ name, type }) => [name, type]));
    if (basedOn && shape(basedOn) !== shape(fieldsOf(dataSourceId))) {
      throw new ProblemError(
        'item.conflict',
        'The fields of this data source were changed since they were read here. Nothing was saved; look at them and save again.',
        { path: 'fieldsBasedOn' },
      );
    }
    return mappings.get(dataSourceId).stamp;
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
      await refuseUnfit(dataSourceId, fields, undefined, signal);
      await mappings.save({ dataSourceId, mapping: manualMapping(fields) }, signal, via);
      return fieldsOf(dataSourceId);
    },

    async add(
      input: {
        dataSourceId: string;
        externalId?: string | undefined;
        title: string;
        fields?: Values | undefined;
        sourceFields?: ManualField[] | undefined;
        fieldsBasedOn?: readonly ManualField[] | undefined;
      },
      via: Caller,
      signal: AbortSignal,
    ): Promise<Item> {
      const { dataSourceId, title, sourceFields } = input;
      const { connectionId } = requireManual(dataSourceId);
      const id = input.externalId?.trim() || createId('row');
      const itemId = itemIdOf(dataSourceId, id);
      return await inTurn(itemId, async () => {
        if (items.find(itemId)) {
          throw new ProblemError(
            'item.taken',
            `There is an item with the id "${id}" already. Edit it, or choose another id.`,
            { path: 'externalId' },
          );
        }
        const fields = checked(sourceFields ?? fieldsOf(dataSourceId), input.fields ?? {});
        const of = { dataSourceId, connectionId };
        const capture = await calls.captureOf(of, manualEvents.added, [{ id, title, fields }]);
        if (!sourceFields) await calls.write(capture, signal);
        else {
          const basedOn = fieldsStamp(dataSourceId, input.fieldsBasedOn);
          await refuseUnfit(dataSourceId, sourceFields, undefined, signal);
          await calls.write(capture, signal, { fields: sourceFields, basedOn, via });
        }
        return items.get(itemId).item;
      });
    },

    /** What is left out stays as it is; null empties a field. @throws item.conflict where `basedOn` is not the newest version any more */
    async edit(
      input: {
        id: string;
        title?: string | undefined;
        fields?: Values | undefined;
        sourceFields?: ManualField[] | undefined;
        fieldsBasedOn?: readonly ManualField[] | undefined;
        basedOn?: number | undefined;
      },
      via: Caller,
      signal: AbortSignal,
    ): Promise<Item> {
      return await inTurn(input.id, async () => {
        const { item, connectionId } = ofManual(input.id);
        const { dataSourceId } = item;
        requireVersion(item, input.basedOn);
        const { sourceFields } = input;
        const fields = checked(sourceFields ?? fieldsOf(dataSourceId), input.fields ?? {});
        const element = { id: item.externalId, title: input.title ?? item.title, fields };
        const capture = await calls.captureOf({ dataSourceId, connectionId }, manualEvents.edited, [element]);
        const replaced = { itemId: item.id, fields };
        if (!sourceFields) await calls.write(capture, signal);
        else {
          const basedOn = fieldsStamp(dataSourceId, input.fieldsBasedOn);
          await refuseUnfit(dataSourceId, sourceFields, replaced, signal);
          await calls.write(capture, signal, { fields: sourceFields, basedOn, via });
        }
        return items.get(input.id).item;
      });
    },

    /** The answer takes it back with `restore`. */
    async remove(id: string, signal: AbortSignal): Promise<string> {
      return await inTurn(id, async () => {
        const { item, connectionId } = ofManual(id);
        const of = { dataSourceId: item.dataSourceId, connectionId };
        const capture = await calls.captureOf(of, manualEvents.removed, [{ id: item.externalId }]);
        await calls.write(capture, signal);
        return capture.id;
      });
    },

    /** All that are there, in one step. The answer takes them back with `restore`. */
    async removeSeveral(
      ids: readonly string[],
      signal: AbortSignal,
    ): Promise<{ removal: string; removed: number }> {
      return await inTurn(ids, async () => {
        const there = [...new Set(ids)].flatMap((id) => itemsTable.get(id) ?? []);
        const dataSourceId = there[0]?.data_source_id;
        if (dataSourceId === undefined) {
          throw new ProblemError('item.missing', 'None of these items exists any more.', { path: 'ids' });
        }
        const of = { dataSourceId, ...requireManual(dataSourceId) };
        if (there.some((item) => item.data_source_id !== dataSourceId)) {
          throw new ProblemError(
            'input.invalid',
            'The items are of several data sources; name those of one.',
            {
              path: 'ids',
            },
          );
        }
        const elements = there.map((item) => ({ id: item.external_id }));
        const capture = await calls.captureOf(of, manualEvents.removed, elements);
        await calls.write(capture, signal);
        return { removal: capture.id, removed: there.length };
      });
    },

    /** The items of a removal are back as they were, with their history. */
    async restore(removal: string, signal: AbortSignal): Promise<void> {
      const row = capturesTable.get(removal);
      const removed = await calls.removedIn(removal);
      const taken = row && removed.find((externalId) => items.find(itemIdOf(row.data_source_id, externalId)));
      if (taken !== undefined) {
        throw new ProblemError(
          'item.taken',
          `There is an item with the id "${taken}" again. Delete it first; only one of them can be there.`,
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
