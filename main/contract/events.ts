// The table of events that the engine pushes. They carry ids and small facts; readers fetch what they show.
import { z } from 'zod';
import { backupState } from './models/backup.ts';
import { importState } from './models/import.ts';
import { diagnosisStage } from './models/outgoing.ts';
import { replayState } from './models/replay.ts';
import { settings } from './models/settings.ts';
import { tunnelState } from './models/tunnel.ts';

export const events = {
  /** Calls that were stored and answered, coalesced; `ids` holds at most the newest 20, newest first. */
  'captures.received': z.object({
    dataSourceId: z.string(),
    ids: z.array(z.string()),
    count: z.number().int(),
  }),
  /** Pins, notes or tags of calls were changed; at most 500 of the ids. */
  'captures.marked': z.object({ ids: z.array(z.string()) }),
  /** A backup of the store began, went on, ended or failed. */
  'backups.changed': z.object({ now: backupState }),
  /** Fetch `searches.list` again. */
  'searches.changed': z.object({}),
  /** A data source was made, renamed, or its counts or status changed. */
  'dataSources.changed': z.object({ id: z.string() }),
  /** The verification of a connection was changed, by the user or by a handshake. */
  'connections.changed': z.object({ id: z.string(), dataSourceId: z.string() }),
  'items.changed': z.object({ dataSourceId: z.string() }),
  /** A download: `done` of about `total` items written. `failed` says why in `message`. */
  'items.exported': z.object({
    ticket: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    message: z.string().optional(),
  }),
  /** A file of calls that is written: `done` of about `total` (0 where nobody counted). `failed` says why in `message`. */
  'captures.exported': z.object({
    ticket: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    message: z.string().optional(),
  }),
  /** A file of calls is taken in: `done` of `total`. */
  'captureFiles.progressed': z.object({ id: z.string(), done: z.number().int(), total: z.number().int() }),
  /** Mapped paths began or ceased to drift; fetch `dataSources.drift`. */
  'dataSources.drifted': z.object({ id: z.string() }),
  /** Indexing of the history; `done` of `total` calls. */
  'mapping.indexed': z.object({ dataSourceId: z.string(), done: z.number().int(), total: z.number().int() }),
  /** Its draft or saved mapping is another one now: somebody edits it, here or in another window. */
  'mapping.changed': z.object({ dataSourceId: z.string(), stamp: z.string() }),
  /** A dry run went on: `done` of `total` calls, of which `failed` would need attention. */
  'mapping.dryRunProgressed': z.object({
    dataSourceId: z.string(),
    runId: z.string().optional(),
    done: z.number().int(),
    total: z.number().int(),
    failed: z.number().int(),
  }),
  /** Retention deleted calls of a data source; `done` where it is finished for now. */
  'retention.swept': z.object({
    dataSourceId: z.string(),
    calls: z.number().int(),
    bytes: z.number().int(),
    done: z.boolean(),
  }),
  /** Fetch `audit.list` again. */
  'audit.changed': z.object({ dataSourceId: z.string() }),
  /** An import went on or changed its state; bytes (parts while adding) `done` of `total`. */
  'imports.changed': z.object({
    id: z.string(),
    dataSourceId: z.string(),
    state: importState,
    done: z.number().int(),
    total: z.number().int(),
  }),
  'tunnel.changed': z.object({ tunnel: tunnelState }),
  /** Another public address is live than the one before; `cards` webhook URLs must be pasted anew. */
  'tunnel.addressChanged': z.object({
    publicUrl: z.string(),
    previousUrl: z.string(),
    cards: z.number().int(),
  }),
  /** A card was ticked, or became needless; fetch `tunnel.addressCards`. */
  'tunnel.addressCardsChanged': z.object({}),
  /** One stage of a diagnosis is done; `runId` as it was given. */
  'connections.diagnosed': z.object({ id: z.string(), runId: z.string().optional(), stage: diagnosisStage }),
  /** Actions of a data source were made, changed or deleted. */
  'actions.changed': z.object({ dataSourceId: z.string() }),
  /** Solutions, or their access to data sources, were changed. */
  'solutions.changed': z.object({}),
  /** A module was made, changed or deleted, or its state changed. */
  'modules.changed': z.object({ id: z.string(), solutionId: z.string() }),
  /** A dry run of a module went on: `done` of `total` past items; `runId` as it was given. */
  'modules.dryRunProgressed': z.object({
    runId: z.string().optional(),
    done: z.number().int(),
    total: z.number().int(),
  }),
  /** Runs of a module began or went on, coalesced. */
  'runs.changed': z.object({ moduleId: z.string() }),
  /** Deliveries of a data source were made, tried or settled, coalesced. */
  'deliveries.changed': z.object({ dataSourceId: z.string() }),
  /** A destination was paused or resumed; fetch `destinations.list`. */
  'destinations.changed': z.object({}),
  /** A job of sending again went on or ended; fetch `replays.get`. */
  'replays.changed': z.object({
    id: z.string(),
    state: replayState,
    total: z.number().int(),
    done: z.number().int(),
    failed: z.number().int(),
  }),
  /** A rule that passes calls on, or what came of its calls, changed; fetch `forwards.list`. */
  'forwards.changed': z.object({ ruleId: z.string() }),
  /** The library of samples changed; fetch `samples.list`. */
  'samples.changed': z.object({ dataSourceId: z.string() }),
  'settings.changed': z.object({ settings }),
  /** Receiver or store changed; fetch `status.get`. */
  'status.changed': z.object({}),
};

export type Events = typeof events;
export type EventName = keyof Events;
export type EventData<N extends EventName> = z.output<Events[N]>;
