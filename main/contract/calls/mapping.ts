// Calls about mappings.
import { z } from 'zod';
import { mapping, mappingRow, previewItem } from '../models/mapping.ts';
import {
  dryRunCounts,
  dryRunExamples,
  knownPath,
  mappingCandidate,
  repeatedId,
  rowCoverage,
} from '../models/mapping-insight.ts';
import { id, read, write } from './define.ts';

const stamp = z.string().max(100);

export const mappingCalls = {
  'mapping.get': read(
    'The saved mapping, the unsaved draft, and how many calls wait for a mapping.',
    z.object({ dataSourceId: id }),
    z.object({
      mapping: mapping.optional(),
      draft: mapping.optional(),
      /** What the editor starts with where nothing was saved or drafted: id is `id`, title has no path yet. */
      initial: mapping,
      /** The catalog's paths for this application; offered, never applied by itself. */
      suggested: mapping.optional(),
      waiting: z.number().int(),
      /** The event types that recent calls had or the application is known to send, with the calls of the last 200. */
      events: z.array(z.object({ name: z.string(), calls: z.number().int() })),
      /** Which state of draft and saved mapping this is; changes with each of them. */
      stamp,
      /** While the history is indexed under a mapping that was saved. */
      indexing: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
    }),
  ),
  'mapping.keepDraft': write(
    'Keeps an unsaved mapping, so that it survives a reload or a crash. Without `mapping` the draft is dropped. With `basedOn` only where nobody has changed it since that stamp (else `mapping.conflict`).',
    z.object({ dataSourceId: id, mapping: mapping.optional(), basedOn: stamp.optional() }),
    z.object({ stamp }),
  ),
  'mapping.preview': read(
    'What the mapping yields on a call (the newest accepted one without `captureId`), row by row; changes nothing.',
    z.object({ dataSourceId: id, captureId: id.optional(), mapping }),
    z.object({
      /** The first 20 items. */
      items: z.array(previewItem),
      itemCount: z.number().int(),
      rows: z.array(mappingRow),
      captureId: id.optional(),
    }),
  ),
  'mapping.save': write(
    'Saves the mapping and indexes every accepted call again. `indexed` counts the calls that yielded items. With `basedOn` only where nobody has changed it since that stamp (else `mapping.conflict`). Where there are items and none of the newest calls would yield one, nothing is saved (`mapping.yieldsNothing`) without `evenIfEmpty`.',
    z.object({
      dataSourceId: id,
      mapping,
      basedOn: stamp.optional(),
      evenIfEmpty: z.boolean().optional(),
    }),
    /** `stamp` with `basedOn` only. */
    z.object({ indexed: z.number().int(), stamp: stamp.optional() }),
  ),
  'mapping.cancelIndexing': write(
    'Stops indexing under a mapping that is not live yet: the one before stays in use, the new one becomes the draft, unless there is one already.',
    z.object({ dataSourceId: id }),
    /** `stamp` where something was cancelled: which state this leads to. */
    z.object({ cancelled: z.boolean(), stamp: stamp.optional() }),
  ),
  'mapping.suggest': read(
    'Paths that may be id, title and split, best first with the reason, from the last 200 accepted calls.',
    z.object({
      dataSourceId: id,
      mapping: mapping.pick({ split: true, unwrap: true, byEvent: true }).optional(),
    }),
    z.object({
      calls: z.number().int(),
      id: z.array(mappingCandidate),
      title: z.array(mappingCandidate),
      /** Lists of objects that most of the calls have; empty where the mapping has a split. */
      split: z.array(mappingCandidate),
    }),
  ),
  'mapping.paths': read(
    'Paths that the last 200 accepted calls have and that fit what is typed, for one row of the mapping.',
    z.object({
      dataSourceId: id,
      row: z.string().max(300),
      prefix: z.string().max(1000),
      mapping: mapping.pick({ split: true, unwrap: true, byEvent: true }).optional(),
    }),
    z.object({ calls: z.number().int(), paths: z.array(knownPath) }),
  ),
  'mapping.coverage': read(
    'For each row in how many of the last accepted calls it yields a value, by event type, and ids that repeat.',
    z.object({ dataSourceId: id, mapping, last: z.number().int().min(1).max(200).optional() }),
    z.object({
      calls: z.number().int(),
      items: z.number().int(),
      rows: z.array(rowCoverage),
      repeatedIds: z.object({ count: z.number().int(), examples: z.array(repeatedId) }),
    }),
  ),
  'mapping.dryRun': read(
    'What the mapping would make of the whole history: counts and up to 20 examples of each. Changes nothing; tells its progress.',
    z.object({ dataSourceId: id, mapping, runId: z.string().max(100).optional() }),
    z.object({ counts: dryRunCounts, examples: dryRunExamples }),
  ),
};
