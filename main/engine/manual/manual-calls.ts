// The captures of method MANUAL behind items that are typed in by hand: one for each step, durable before the answer, together with the fields
// of the source where those change with it.
import { type Caller, type JsonValue, ProblemError } from '#contract';
import { packBody, unpackBody } from '../captures/body-packing.ts';
import type { CapturesTable, NewCapture } from '../captures/captures-table.ts';
import { manualEvents, manualMethod } from '../captures/manual-captures.ts';
import type { Changes } from '../changes.ts';
import { createId } from '../ids.ts';
import type { Indexer } from '../indexing/indexer.ts';
import type { Mappings } from '../indexing/mappings.ts';
import { type Database, transact } from '../store/database.ts';
import { type ManualField, manualMapping } from './manual-mapping.ts';

const maxBytes = 4 * 1024 * 1024;

/** What a call does to one item. */
export interface ManualElement {
  /** Of the item within its source. */
  id: string;
  title?: string;
  fields?: Record<string, JsonValue>;
}

export function createManualCalls(deps: {
  database: Database;
  capturesTable: CapturesTable;
  mappings: Mappings;
  indexer: Indexer;
  changes: Changes;
}) {
  const { database, capturesTable, mappings, indexer, changes } = deps;

  return {
    /** @throws input.invalid where it is too large */
    async captureOf(
      of: { dataSourceId: string; connectionId: string },
      event: (typeof manualEvents)[keyof typeof manualEvents],
      elements: readonly ManualElement[],
    ): Promise<NewCapture> {
      const body = Buffer.from(JSON.stringify(elements.length === 1 ? elements[0] : elements));
      if (body.length > maxBytes) {
        throw new ProblemError('input.invalid', 'An item that is typed in has at most 4 MiB.', {
          path: 'fields',
        });
      }
      return {
        id: createId('cap'),
        data_source_id: of.dataSourceId,
        connection_id: of.connectionId,
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
        item_count: elements.length,
        index_state: 'waiting',
        rejection: null,
        verification: null,
        found: null,
        notes: '[]',
        body: await packBody(body, false),
      };
    },

    /** Both or neither are durable when it resolves, and indexed. `fields` are those of the source, where they change; `basedOn` is the stamp of its mapping. */
    async write(
      capture: NewCapture,
      signal: AbortSignal,
      set?: { fields: readonly ManualField[]; basedOn: string; via: Caller },
    ): Promise<void> {
      const { id, data_source_id: dataSourceId } = capture;
      const write = () => void capturesTable.insert(capture);
      const written = () => {
        changes.tell('captures.received', { dataSourceId, ids: [id], count: 1 });
        changes.tell('dataSources.changed', { id: dataSourceId });
      };
      if (set) {
        const mapping = manualMapping(set.fields);
        await mappings.save({ dataSourceId, mapping, basedOn: set.basedOn }, signal, set.via, {
          write,
          written,
        });
        return;
      }
      transact(database, write);
      written();
      await indexer.settled(dataSourceId, signal);
    },

    /** The ids of the items that a capture removes by hand; none for every other capture. */
    async removedIn(captureId: string): Promise<string[]> {
      const capture = capturesTable.get(captureId);
      const packed = capturesTable.body(captureId);
      const isRemoval = capture?.method === manualMethod && capture.event_type === manualEvents.removed;
      if (!isRemoval || !packed) return [];
      const removed = JSON.parse((await unpackBody(packed)).toString()) as ManualElement | ManualElement[];
      return [removed].flat().map(({ id }) => id);
    },
  };
}
