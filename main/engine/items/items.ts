// Items: records made from captures. The same external id again updates the item and adds a version with what changed.
import { createHash } from 'node:crypto';
import { type ChangedBy, type Item, type ItemVersion, type JsonValue, ProblemError } from '#contract';
import type { MappedElement } from '../mapping/apply-mapping.ts';
import type { ItemFields, ItemRow, ItemsTable } from './items-table.ts';

const maxVersions = 200;

/** What was written of an item, and what it was before. */
export interface WrittenItem {
  id: string;
  externalId: string;
  title: string;
  fields: ItemFields;
  version: number;
  createdAt: number;
  updatedAt: number;
  /** Absent where the item is new. */
  before?: { title: string; fields: ItemFields };
}

/** What answers of actions gave an item. */
export type AnswersOf = (dataSourceId: string, externalId: string) => Record<string, JsonValue>;

export function createItems(table: ItemsTable, answersOf: AnswersOf) {
  return {
    /**
     * Writes one mapped element into a revision; called inside a transaction. Fields that are absent in this payload
     * keep their value; a change that is older by the sender's clock than the last one is passed over. Answers `new`, `changed`, `same`, or `noId` where the element cannot become an item.
     */
    write(
      element: MappedElement,
      into: {
        dataSourceId: string;
        revision: number;
        captureId: string;
        at: number;
        /** Told of an item that is new or changed. */
        onWritten?: ((item: WrittenItem) => void) | undefined;
      },
    ): 'new' | 'changed' | 'same' | 'noId' {
      if (element.externalId === undefined || element.problem !== undefined) return 'noId';
      const before = table.find(into.dataSourceId, into.revision, element.externalId);
      const changedBefore = before?.source_changed_at ?? undefined;
      const { changedAt } = element;
      if (changedAt !== undefined && changedBefore !== undefined && changedAt < changedBefore) return 'same';
      const fieldsBefore = before ? (JSON.parse(before.fields) as ItemFields) : {};
      const fields: ItemFields = { ...element.fields };
      for (const name of element.absent) {
        const kept = Object.hasOwn(fieldsBefore, name) ? fieldsBefore[name] : undefined;
        if (kept !== undefined) fields[name] = kept;
      }
      // What calls give counts more than what an answer gave.
      for (const [name, value] of Object.entries(answersOf(into.dataSourceId, element.externalId))) {
        if (!Object.hasOwn(fields, name)) fields[name] = value;
      }
      const title = (element.titleAbsent ? before?.title : element.title) ?? element.externalId;
      const changed = before
        ? changedNames(before, fieldsBefore, title, fields)
        : ['title', ...Object.keys(fields)];
      if (before && changed.length === 0) {
        if (changedAt !== undefined && changedAt !== changedBefore) table.setSourceChanged(before, changedAt);
        return 'same';
      }
      table.put(
        {
          data_source_id: into.dataSourceId,
          revision: into.revision,
          external_id: element.externalId,
          id: before?.id ?? itemIdOf(into.dataSourceId, element.externalId),
          title,
          fields: JSON.stringify(fields),
          version: (before?.version ?? 0) + 1,
          created_at: before?.created_at ?? into.at,
          updated_at: into.at,
          source_changed_at: changedAt ?? changedBefore ?? null,
        },
        into.captureId,
        changed,
      );
      into.onWritten?.({
        id: before?.id ?? itemIdOf(into.dataSourceId, element.externalId),
        externalId: element.externalId,
        title,
        fields,
        version: (before?.version ?? 0) + 1,
        createdAt: before?.created_at ?? into.at,
        updatedAt: into.at,
        ...(before ? { before: { title: before.title, fields: fieldsBefore } } : {}),
      });
      return before ? 'changed' : 'new';
    },

    /**
     * Gives the live item fields that the answer of a delivery had; called inside a transaction. False where nothing differs, or the item
     * is not there any more.
     */
    writeAnswer(
      id: string,
      answer: { fields: ItemFields; deliveryId: string; captureId: string | undefined; at: number },
    ): boolean {
      const row = table.get(id);
      if (!row) return false;
      const before = JSON.parse(row.fields) as ItemFields;
      const fields = { ...before, ...answer.fields };
      const changed = changedNames(row, before, row.title, fields);
      if (changed.length === 0) return false;
      const captureId = answer.captureId ?? table.versions(id, row.revision, 1)[0]?.capture_id ?? '';
      const { last_change: _replaced, ...item } = row;
      table.put(
        { ...item, fields: JSON.stringify(fields), version: row.version + 1, updated_at: answer.at },
        captureId,
        changed,
        answer.deliveryId,
      );
      return true;
    },

    /** Takes an item out of a revision, with its versions; called inside a transaction. True where there was one. */
    remove: (externalId: string, from: { dataSourceId: string; revision: number }): boolean =>
      table.remove(from.dataSourceId, from.revision, externalId, itemIdOf(from.dataSourceId, externalId)),

    /** Whether there is an item of this id under the live mapping. */
    find: (id: string): boolean => table.get(id) !== undefined,

    get(id: string): { item: Item; versions: ItemVersion[] } {
      const row = table.get(id);
      if (!row) {
        throw new ProblemError('item.missing', 'This item does not exist under the saved mapping.', {
          path: 'id',
        });
      }
      const versions = table.versions(id, row.revision, maxVersions).map((version) => ({
        version: version.version,
        at: new Date(version.at).toISOString(),
        captureId: version.capture_id,
        by: version.delivery_id === null ? byOf(version.method) : 'answer',
        ...(version.delivery_id === null ? {} : { deliveryId: version.delivery_id }),
        title: version.title,
        fields: JSON.parse(version.fields) as Record<string, JsonValue>,
        changed: JSON.parse(version.changed) as string[],
      }));
      return { item: toItem(row), versions };
    },
  };
}

export type Items = ReturnType<typeof createItems>;

/** The same for the same (data source, external id) under every mapping, so that a link to an item stays good. */
export function itemIdOf(dataSourceId: string, externalId: string): string {
  const digest = createHash('sha256').update(dataSourceId).update('\0').update(externalId).digest('hex');
  return `itm_${digest.slice(0, 26)}`;
}

/** Calls have many methods; the capture may be gone. */
function byOf(method: string | null): ChangedBy {
  if (method === 'IMPORT') return 'upload';
  return method === 'MANUAL' ? 'hand' : 'call';
}

/** What differs: `title`, and names of fields. */
export function changedNames(
  before: Pick<ItemRow, 'title'>,
  fieldsBefore: ItemFields,
  title: string,
  fields: ItemFields,
): string[] {
  const names = new Set([...Object.keys(fieldsBefore), ...Object.keys(fields)]);
  const changed = [...names].filter(
    (name) => JSON.stringify(own(fieldsBefore, name)) !== JSON.stringify(own(fields, name)),
  );
  return title === before.title ? changed : ['title', ...changed];
}

function own(fields: ItemFields, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function toItem(row: ItemRow): Item {
  return {
    id: row.id,
    dataSourceId: row.data_source_id,
    externalId: row.external_id,
    title: row.title,
    fields: JSON.parse(row.fields) as Record<string, JsonValue>,
    version: row.version,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
