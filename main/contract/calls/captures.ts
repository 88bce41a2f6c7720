// Calls about received calls.
import { z } from 'zod';
import { capture, captureNeedingAttention, captureSummary, captureView, outcome } from '../models/capture.ts';
import { captureRelated, comparedSide, comparison, copyForm } from '../models/capture-details.ts';
import { foundPlaces, payloadNode } from '../models/json.ts';
import { unwrapStep } from '../models/mapping.ts';
import { tagInUse } from '../models/search.ts';
import { maxQueryLength } from '../query/read-query.ts';
import { before, id, limit, nothing, read, write } from './define.ts';

const tag = z
  .string()
  .trim()
  .min(1, 'Type a tag.')
  .max(40, 'Use at most 40 characters.')
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069,"]*$/u, 'Leave out commas, quotes and invisible characters.');

const ignoredPaths = z.array(z.string().trim().min(1).max(1000)).max(100);

export const capturesCalls = {
  'captures.list': read(
    'Received calls, newest first. `query` is the language of docs/captures.md. A page of a query may be short or empty and still have a `next`: then its time was over, and `looked` says how far it came.',
    z.object({
      dataSourceId: id.optional(),
      outcome: outcome.optional(),
      limit,
      before,
      /** Only calls with a higher sequence. */
      after: z.number().int().min(0).optional(),
      query: z.string().max(maxQueryLength).optional(),
    }),
    z.object({
      captures: z.array(captureSummary),
      next: z.string().optional(),
      looked: z.object({ calls: z.number().int(), upTo: z.string() }).optional(),
    }),
  ),
  'captures.mark': write(
    'Pins calls, notes something about them, adds or takes away tags. All of the calls or none of them.',
    z.object({
      ids: z.array(id).min(1).max(1000),
      pinned: z.boolean().optional(),
      /** Empty: no note. */
      note: z.string().max(4000, 'Use at most 4,000 characters.').optional(),
      addTags: z.array(tag).max(20).optional(),
      dropTags: z.array(tag).max(20).optional(),
    }),
    nothing,
  ),
  'captures.tags': read(
    'The tags in use, the most used first; at most 200.',
    nothing,
    z.object({ tags: z.array(tagInUse) }),
  ),
  'captures.get': read('One received call with headers and notes.', z.object({ id }), z.object({ capture })),
  'captures.body': read(
    'The body of a call exactly as received.',
    z.object({ id }),
    z.object({ base64: z.string() }),
  ),
  'captures.view': read(
    'The body as the viewer shows it: raw and pretty text, capped, and the root of its tree, wrapped texts opened.',
    z.object({ id, unwrap: z.array(unwrapStep).max(20).optional() }),
    z.object({ view: captureView }),
  ),
  'captures.needingAttention': read(
    'The accepted calls of which elements have no id under the saved mapping, newest first, with the reasons.',
    z.object({ dataSourceId: id, limit, before }),
    z.object({ captures: z.array(captureNeedingAttention), next: z.string().optional() }),
  ),
  'captures.bytes': read(
    'A piece of the body exactly as received.',
    z.object({
      id,
      offset: z.number().int().min(0),
      length: z.number().int().min(1).max(65_536),
    }),
    z.object({ base64: z.string(), total: z.number().int() }),
  ),
  'captures.start': read(
    'The first 64 KiB of the body as text, at once, however large it is; empty where the sender compressed it.',
    z.object({ id }),
    z.object({ start: z.object({ text: z.string(), cut: z.boolean() }) }),
  ),
  'captures.related': read(
    'What a call led to and when: its answer, the items it made, repeats, calls about the same items, replays, runs.',
    z.object({ id }),
    z.object({ related: captureRelated }),
  ),
  'captures.copyAs': read(
    'A call as a command or a program that sends it again to its webhook URL; as base64 where it is no text. A body above 2 MiB is read from a file named `bodyFile`: save it there with captures.bytes. `masked` names headers that hold a secret, which is not in it.',
    z.object({ id, as: copyForm }),
    z.object({
      text: z.string().optional(),
      base64: z.string().optional(),
      bodyFile: z.string().optional(),
      masked: z.array(z.string()),
    }),
  ),
  'captures.compare': read(
    'How two calls, or two versions of an item, differ: by value, whatever the order of keys; numbers by their digits.',
    z.object({ left: comparedSide, right: comparedSide, ignore: ignoredPaths.optional() }),
    z.object({ comparison }),
  ),
  'captures.ignored': read(
    'The paths and headers that comparisons of calls of this data source leave out.',
    z.object({ dataSourceId: id }),
    z.object({ paths: z.array(z.string()) }),
  ),
  'captures.ignore': write(
    'Sets the paths (`$.sent_at`, `$..id`) and headers (`header:date`) that comparisons leave out.',
    z.object({ dataSourceId: id, paths: ignoredPaths }),
    nothing,
  ),
  'captures.find': read(
    'Keys and values of the body that hold a text, in order, without regard to letter case, or what a JSONPath from $ on selects; at most 200 a page.',
    z.object({
      id,
      text: z.string().min(1).max(500),
      unwrap: z.array(unwrapStep).max(20).optional(),
      /** The `next` of the page before. */
      after: z.number().int().min(0).optional(),
    }),
    foundPlaces,
  ),
  'captures.value': read(
    'One value of the body as text: a text as it is, everything else as JSON with its digits; at most 4 Mi characters.',
    z.object({ id, path: z.string().max(10_000) }),
    z.object({ text: z.string(), cut: z.boolean() }),
  ),
  'captures.children': read(
    'The children of one node of the tree, in order.',
    z.object({
      id,
      path: z.string().max(10_000),
      offset: z.number().int().min(0),
      limit,
      unwrap: z.array(unwrapStep).max(20).optional(),
    }),
    z.object({ nodes: z.array(payloadNode), total: z.number().int() }),
  ),
  'captures.wait': read(
    'Waits for the next call that fits; `capture` is missing when `timeoutMs` is over. `after` is a sequence number.',
    z.object({
      dataSourceId: id.optional(),
      outcome: outcome.optional(),
      after: z.number().int().min(0).optional(),
      /** Each path must yield this text. */
      match: z
        .array(z.object({ path: z.string().min(1).max(1000), equals: z.string().max(10_000) }))
        .max(20)
        .optional(),
      timeoutMs: z.number().int().min(0).max(3_600_000),
    }),
    z.object({ capture: captureSummary.optional() }),
  ),
};
