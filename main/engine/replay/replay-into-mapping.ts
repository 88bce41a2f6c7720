// Replays a call into its own mapping: the stored bytes become a new capture that points at the old one and is indexed like any other.
// No socket, no signature, no delivery id: it is no delivery, so it neither is a repeat nor makes the sender's next try one.
import { packBody } from '../captures/body-packing.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import type { PayloadReader, Splitting } from '../payloads/payload-reader.ts';
import type { GroupCommit } from '../receiver/group-commit.ts';
import type { AttemptResult } from './attempt-result.ts';
import { isNamed, type SourceCall } from './source-call.ts';

export function createReplayIntoMapping(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  reader: PayloadReader;
  commit: GroupCommit;
  splittingOf(dataSourceId: string): Splitting | undefined;
  /** A capture was added without the receiver. */
  onAdded(added: { dataSourceId: string; captureId: string; sequence: number }): void;
}) {
  const { dataSources, catalog, reader, commit } = deps;

  return async function replayIntoMapping(
    call: SourceCall,
    runsModules: boolean,
    signal: AbortSignal,
  ): Promise<AttemptResult> {
    const { applicationId } = dataSources.connection(call.connectionId);
    const definition = applicationId === undefined ? undefined : catalog.definition(applicationId);
    const header = (name: string) => call.headers.find(isNamed(name))?.[1];
    const facts = { headers: call.headers, query: call.query, contentType: header('content-type') };
    const checked = await reader.check(
      { key: '', body: call.body, contentEncoding: header('content-encoding'), ...facts },
      { splitting: deps.splittingOf(call.dataSourceId), eventType: definition?.eventType, signal },
    );
    if (!checked.ok) {
      return { state: 'failed', failure: `There is nothing to map: ${checked.rejection.message}` };
    }
    const id = createId('cap');
    const { sequence } = await commit.add({
      id,
      data_source_id: call.dataSourceId,
      connection_id: call.connectionId,
      received_at: Date.now(),
      method: call.method,
      path: call.pathRest,
      query: call.query,
      headers: JSON.stringify(call.headers),
      content_type: facts.contentType ?? null,
      format: checked.format,
      size: call.body.length,
      outcome: 'accepted',
      status: 200,
      event_type: checked.eventType ?? null,
      delivery_id: null,
      item_count: checked.elements,
      index_state: 'waiting',
      rejection: null,
      notes: JSON.stringify(checked.notes),
      verification: null,
      found: null,
      body: await packBody(call.body, header('content-encoding') !== undefined),
      origin: call.origin,
      replay_of: call.replayOf ?? null,
      runs_modules: runsModules ? 1 : 0,
    });
    deps.onAdded({ dataSourceId: call.dataSourceId, captureId: id, sequence });
    return { state: 'answered', method: call.method, newCaptureId: id };
  };
}

export type ReplayIntoMapping = ReturnType<typeof createReplayIntoMapping>;
