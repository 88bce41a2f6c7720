// The table of calls: name, whether it changes anything, input and output. One search finds definition, handler, use and test.
import { z } from 'zod';
import { activity, activitySpan } from './models/activity.ts';
import { application, applicationSummary } from './models/application.ts';
import { auditAction, auditEntry, caller } from './models/audit.ts';
import { capture, captureNeedingAttention, captureSummary, captureView, outcome } from './models/capture.ts';
import { dataSource, dataSourceEntry, dataSourceKind } from './models/data-source.ts';
import { drift } from './models/drift.ts';
import { importFault, importOptions, importRecord } from './models/import.ts';
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
} from './models/item.ts';
import { payloadNode, payloadPlace } from './models/json.ts';
import { mapping, mappingRow, previewItem, unwrapStep } from './models/mapping.ts';
import {
  dryRunCounts,
  dryRunExamples,
  knownPath,
  mappingCandidate,
  repeatedId,
  rowCoverage,
} from './models/mapping-insight.ts';
import { retention, retentionPreview, retentionRules } from './models/retention.ts';
import { settings, tunnelSettings } from './models/settings.ts';
import { engineStatus } from './models/status.ts';
import { addressCard, tunnelGap, tunnelPoint, tunnelProgram, tunnelState } from './models/tunnel.ts';
import {
  chosenScheme,
  connectionVerification,
  missedCalls,
  probeResult,
  secretPurpose,
} from './models/verification.ts';

const id = z.string().min(1).max(100);
const name = z
  .string()
  .trim()
  .min(1, 'Type a name.')
  .max(120, 'Use at most 120 characters.')
  // They would hide in lists, or turn the text around them.
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'Leave out invisible control characters.');
const limit = z.number().int().min(1).max(500).optional();
/** Pages go from newest to oldest: `before` is the `next` of the page before. */
const before = z.string().max(100).optional();

function read<I extends z.ZodObject, O extends z.ZodObject>(does: string, input: I, output: O) {
  return { kind: 'read' as const, does, input, output };
}
function write<I extends z.ZodObject, O extends z.ZodObject>(does: string, input: I, output: O) {
  return { kind: 'write' as const, does, input, output };
}

const nothing = z.object({});
const ofConnection = z.object({ verification: connectionVerification });

export const calls = {
  'status.get': read('The state of the receiver, the tunnel and the store.', nothing, engineStatus),

  'settings.get': read('What is set for the whole application.', nothing, z.object({ settings })),
  'settings.update': write(
    'Changes settings; what is left out stays as it is.',
    z.object({ theme: settings.shape.theme.optional(), tunnel: tunnelSettings.partial().optional() }),
    z.object({ settings }),
  ),

  'applications.list': read(
    'The catalog, best match first; all of it without `search`.',
    z.object({ search: z.string().max(200).optional() }),
    z.object({ applications: z.array(applicationSummary) }),
  ),
  'applications.get': read(
    'One application with its set-up steps, suggested mapping and sample.',
    z.object({ id }),
    z.object({ application }),
  ),

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
    'Posts the sample of the application (or a small JSON object) to the webhook URL through the real receiver.',
    z.object({ id }),
    z.object({
      status: z.number().int(),
      captureId: id.optional(),
      /** Why the sample could not be signed as the application would. */
      note: z.string().optional(),
    }),
  ),

  'connections.verification': read(
    'How the calls of a connection are verified: the scheme, which secrets are set and when. Never a secret itself.',
    z.object({ id }),
    ofConnection,
  ),
  'connections.setVerification': write(
    'Chooses the scheme of a connection whose application brings none. Without `scheme` it is taken back, with its secrets.',
    z.object({ id, scheme: chosenScheme.optional() }),
    ofConnection,
  ),
  'connections.setSecret': write(
    'Sets a secret in the place of the live ones; with `add` beside the newest one, for a rotation.',
    z.object({
      id,
      secret: z.string().max(10_000, 'A secret has at most 10,000 characters.'),
      purpose: secretPurpose.optional(),
      add: z.boolean().optional(),
    }),
    ofConnection,
  ),
  'connections.removeSecret': write(
    'Removes one secret of a connection. Without any, calls are no longer checked.',
    z.object({ id, secretId: id }),
    ofConnection,
  ),
  'connections.probe': write(
    'Plays the handshakes of the application and a rightly and a wrongly signed sample against the running receiver. Nothing of it is stored.',
    z.object({ id }),
    z.object({ results: z.array(probeResult) }),
  ),
  'receiver.missedCalls': read(
    'Calls since the start that named no webhook URL of ours, by what was wrong with them.',
    nothing,
    z.object({ missed: z.array(missedCalls) }),
  ),

  'captures.list': read(
    'Received calls, newest first.',
    z.object({ dataSourceId: id.optional(), outcome: outcome.optional(), limit, before }),
    z.object({ captures: z.array(captureSummary), next: z.string().optional() }),
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
  'captures.find': read(
    'Keys and values of the body that hold a text, in order, without regard to letter case, or what a JSONPath from $ on selects; at most 200 a page.',
    z.object({
      id,
      text: z.string().min(1).max(500),
      /** The `next` of the page before. */
      after: z.number().int().min(0).optional(),
    }),
    z.object({ found: z.array(payloadPlace), next: z.number().int().optional() }),
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
      /** While the history is indexed under a mapping that was saved. */
      indexing: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
    }),
  ),
  'mapping.keepDraft': write(
    'Keeps an unsaved mapping, so that it survives a reload or a crash. Without `mapping` the draft is dropped.',
    z.object({ dataSourceId: id, mapping: mapping.optional() }),
    nothing,
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
    'Saves the mapping and indexes every accepted call again. `indexed` counts the calls that yielded items.',
    z.object({ dataSourceId: id, mapping }),
    z.object({ indexed: z.number().int() }),
  ),

  'mapping.cancelIndexing': write(
    'Stops indexing under a mapping that is not live yet: the one before stays in use, the new one becomes the draft.',
    z.object({ dataSourceId: id }),
    z.object({ cancelled: z.boolean() }),
  ),
  'mapping.suggest': read(
    'Paths that may be id and title, best first with the reason, from the last 200 accepted calls.',
    z.object({
      dataSourceId: id,
      mapping: mapping.pick({ split: true, unwrap: true, byEvent: true }).optional(),
    }),
    z.object({ calls: z.number().int(), id: z.array(mappingCandidate), title: z.array(mappingCandidate) }),
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

  'retention.get': read(
    'How long calls are kept, what is stored, what was deleted so far.',
    z.object({ dataSourceId: id }),
    z.object({ retention }),
  ),
  'retention.set': write(
    'Sets how long calls are kept; deletes in the background what is beyond it. Never deletes what waits for a mapping or for indexing.',
    z.object({ dataSourceId: id, rules: retentionRules }),
    z.object({ retention }),
  ),
  'retention.preview': read(
    'What would be deleted under these rules; changes nothing.',
    z.object({ dataSourceId: id, rules: retentionRules }),
    z.object({ preview: retentionPreview }),
  ),

  'audit.list': read(
    'Who changed what and when, newest first; of all data sources (deleted ones, too) without `dataSourceId`.',
    z.object({
      dataSourceId: id.optional(),
      action: auditAction.optional(),
      via: caller.optional(),
      limit,
      before,
    }),
    z.object({ entries: z.array(auditEntry), next: z.string().optional() }),
  ),
  'audit.export': read(
    'The same as CSV, one row for each change, at most the newest 10,000 entries. Cells that a spreadsheet would take for a formula are defused.',
    z.object({ dataSourceId: id.optional(), action: auditAction.optional(), via: caller.optional() }),
    z.object({ fileName: z.string(), csv: z.string() }),
  ),

  'items.setFields': write(
    'Sets the fields of a manual source; its items are made again under them. Values of a field that is left out are kept in the history.',
    z.object({ dataSourceId: id, fields: z.array(manualField).max(200) }),
    z.object({ fields: z.array(manualField) }),
  ),
  'items.add': write(
    'Adds an item to a manual source. Without `externalId` it gets an id of its own.',
    z.object({
      dataSourceId: id,
      externalId: z.string().trim().max(500).optional(),
      title: itemTitle,
      fields: itemValues.optional(),
    }),
    z.object({ item }),
  ),
  'items.edit': write(
    'Changes an item of a manual source; what is left out stays, null empties a field.',
    z.object({ id, title: itemTitle.optional(), fields: itemValues.optional() }),
    z.object({ item }),
  ),
  'items.remove': write(
    'Removes an item of a manual source. items.restore takes it back with the `removal` of the answer.',
    z.object({ id }),
    z.object({ removal: id }),
  ),
  'items.restore': write(
    'Takes the removal of an item back; the item is there as before, with its history.',
    z.object({ removal: id }),
    nothing,
  ),

  'imports.begin': write(
    'Begins to upload a file of current data (.csv, .tsv, .json, .ndjson, .xlsx); its bytes follow with imports.append.',
    z.object({
      dataSourceId: id,
      fileName: z.string().trim().min(1).max(255),
      size: z.number().int().nonnegative(),
    }),
    z.object({ import: importRecord }),
  ),
  'imports.append': write(
    'The next bytes of the file, at most 1 MiB. `offset` is what has arrived so far; the answer is the next one.',
    z.object({ id, offset: z.number().int().nonnegative(), base64: z.string().max(1_400_000) }),
    z.object({ received: z.number().int() }),
  ),
  'imports.check': write(
    'Reads the whole file and says what is in it; nothing is applied. A file that cannot be read is `import.refused`.',
    z.object({ id, options: importOptions.optional() }),
    z.object({ import: importRecord }),
  ),
  'imports.finish': write(
    'Checks the file where that is not done, then applies all of its rows or none. Answers when they are applied.',
    z.object({ id, options: importOptions.optional() }),
    z.object({ import: importRecord }),
  ),
  'imports.cancel': write(
    'Ends an import that is not done and removes what it wrote.',
    z.object({ id }),
    z.object({ import: importRecord }),
  ),
  'imports.get': read('One import.', z.object({ id }), z.object({ import: importRecord })),
  'imports.list': read(
    'The imports of a data source, newest first (at most 50).',
    z.object({ dataSourceId: id }),
    z.object({ imports: z.array(importRecord) }),
  ),
  'imports.faults': read(
    'The rows that made no item and why: first those that could not be read (at most 10,000), then those that the saved mapping finds no id in.',
    z.object({ id, limit, after: z.string().max(100).optional() }),
    z.object({ faults: z.array(importFault), next: z.string().optional() }),
  ),

  'tunnel.start': write(
    'Starts the tunnel with the settings and answers with its state after the first try.',
    nothing,
    z.object({ tunnel: tunnelState }),
  ),
  'tunnel.stop': write('Stops the tunnel.', nothing, z.object({ tunnel: tunnelState })),
  'tunnel.programs': read(
    'The tunnel programs on this computer: found on the PATH or at the chosen place, with their versions.',
    nothing,
    z.object({ programs: z.array(tunnelProgram) }),
  ),
  'tunnel.setToken': write(
    'Keeps the token of a named cloudflared tunnel, sealed; an empty one removes it. It is never read back.',
    z.object({
      token: z
        .string()
        .trim()
        .max(4_000)
        .regex(/^[\w+/=.-]*$/, 'A token holds letters, digits and + / = . - _ only.'),
    }),
    nothing,
  ),
  'tunnel.history': read(
    'The probes of the last 24 hours in steps of ten minutes, oldest first, and the gaps, newest first (at most 50).',
    nothing,
    z.object({ points: z.array(tunnelPoint), gaps: z.array(tunnelGap) }),
  ),
  'tunnel.addressCards': read(
    'The webhook URLs that must be pasted anew, because the public address changed.',
    nothing,
    z.object({ cards: z.array(addressCard) }),
  ),
  'tunnel.tickAddressCard': write(
    'Says that the application of this connection has the present public URL.',
    z.object({ connectionId: id }),
    nothing,
  ),
};

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;
