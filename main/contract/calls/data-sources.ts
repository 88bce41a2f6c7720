// Calls about data sources.
import { z } from 'zod';
import { activity, activitySpan } from '../models/activity.ts';
import { dataSource, dataSourceEntry, dataSourceKind } from '../models/data-source.ts';
import { drift } from '../models/drift.ts';
import { id, name, nothing, read, write } from './define.ts';

export const dataSourcesCalls = {
  'dataSources.list': read(
    'The connected data sources, newest first.',
    nothing,
    z.object({ dataSources: z.array(dataSource) }),
  ),
  'dataSources.get': read('One data source.', z.object({ id }), z.object({ dataSource })),
  'dataSources.create': write(
    'Creates a data source with its first connection and webhook URL.',
    z.object({
      kind: dataSourceKind,
      applicationId: id.optional(),
      name,
      entry: dataSourceEntry.optional(),
    }),
    z.object({ dataSource }),
  ),
  'dataSources.rename': write(
    'Gives a data source another name.',
    z.object({ id, name }),
    z.object({ dataSource }),
  ),
  'dataSources.update': write(
    'Changes name, description or notes; what is left out stays as it is.',
    z.object({
      id,
      name: name.optional(),
      description: z.string().trim().max(500, 'Use at most 500 characters.').optional(),
      notes: z.string().max(20_000, 'Use at most 20,000 characters.').optional(),
    }),
    z.object({ dataSource }),
  ),
  'dataSources.pause': write(
    'The receiver answers 503 with Retry-After and stores nothing until `dataSources.resume`.',
    z.object({ id }),
    z.object({ dataSource }),
  ),
  'dataSources.resume': write('Receives calls again.', z.object({ id }), z.object({ dataSource })),
  'dataSources.rotateUrl': write(
    'Gives a connection (the first one without `connectionId`) another webhook URL. The former one answers 404 at once, or with `keepFormer` after 24 hours.',
    z.object({ id, connectionId: id.optional(), keepFormer: z.boolean().optional() }),
    z.object({ dataSource }),
  ),
  'dataSources.delete': write(
    'Deletes a data source with its calls and items. Its webhook URL answers 404 at once; until `undoUntil` it can be brought back, then it is removed in the background.',
    z.object({ id }),
    z.object({ undoUntil: z.string(), captures: z.number().int(), items: z.number().int() }),
  ),
  'dataSources.undoDelete': write(
    'Brings a deleted data source back with everything, its webhook URL too. Fails with `dataSource.missing` once its removal has begun.',
    z.object({ id }),
    z.object({ dataSource }),
  ),
  'dataSources.activity': read(
    'Calls over time by outcome, and the health of the source.',
    z.object({ id, span: activitySpan }),
    z.object({ activity }),
  ),
  'dataSources.drift': read(
    'Mapped paths that vanished, became rare or changed their type in the newest calls.',
    z.object({ id }),
    z.object({ drifts: z.array(drift) }),
  ),
  'dataSources.acceptDrift': write(
    'Takes what a path yields now for normal: it is learned anew.',
    z.object({ id, row: z.string().max(300), eventType: z.string().optional() }),
    nothing,
  ),
  'dataSources.sendTest': write(
    'Posts the sample of the application (or a small JSON object) to the webhook URL of a connection (the first one without `connectionId`) through the real receiver.',
    z.object({ id, connectionId: id.optional() }),
    z.object({
      status: z.number().int(),
      captureId: id.optional(),
      /** Why the sample could not be signed as the application would. */
      note: z.string().optional(),
    }),
  ),
};
