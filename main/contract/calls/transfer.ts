// Calls about captures as files: export with masks, import of what was exported.
import { z } from 'zod';
import { outcome } from '../models/capture.ts';
import { captureFile, captureFileFormat } from '../models/capture-file.ts';
import { dataSource } from '../models/data-source.ts';
import { before, id, nothing, read, write } from './define.ts';

/** Which calls: the named ones, or all that pass every filter. */
const choice = {
  ids: z.array(id).min(1).max(10_000).optional(),
  dataSourceId: id.optional(),
  outcome: outcome.optional(),
  /** A search as in `captures.list`. */
  query: z.string().max(2_000).optional(),
};
/** Secrets, signatures, tokens and the secret part of webhook URLs are masked unless `unmasked`; `maskPaths` are masked besides. */
const masks = {
  unmasked: z.boolean().optional(),
  maskPaths: z.array(z.string().min(1).max(1_000)).max(50).optional(),
};

export const transferCalls = {
  'captures.download': write(
    'Prepares a file of calls, newest first; its ticket is good once and for a minute. Told by `captures.exported` from then on.',
    z.object({ format: captureFileFormat, ...choice, ...masks }),
    z.object({ ticket: z.string(), fileName: z.string() }),
  ),
  'captures.cancelDownload': write(
    'Stops a download; nothing of it stays.',
    z.object({ ticket: id }),
    nothing,
  ),
  'captures.export': read(
    'Calls as NDJSON, page by page, newest first: one JSON object a line, as `captures.download` writes them.',
    z.object({ ...choice, ...masks, limit: z.number().int().min(1).max(500).optional(), before }),
    z.object({ ndjson: z.string(), count: z.number().int(), next: z.string().optional() }),
  ),

  'captureFiles.begin': write(
    'Begins to upload a file of calls that was exported (.har, .ndjson, .json); its bytes follow with captureFiles.append.',
    z.object({ fileName: z.string().trim().min(1).max(255), size: z.number().int().positive() }),
    z.object({ file: captureFile }),
  ),
  'captureFiles.append': write(
    'The next bytes of the file, at most 1 MiB. `offset` is what has arrived so far; the answer is the next one.',
    z.object({ id, offset: z.number().int().nonnegative(), base64: z.string().max(1_400_000) }),
    z.object({ received: z.number().int() }),
  ),
  'captureFiles.check': write(
    'Reads the whole file and says what is in it; nothing is applied. A file that is not ours is `captureFile.refused`, with the place.',
    z.object({ id }),
    z.object({ file: captureFile }),
  ),
  'captureFiles.apply': write(
    'Takes the calls in, after a check of the whole file: into one data source, or (without `dataSourceId`) into new ones by the names in the file. They are indexed like calls that come now; no module runs for them. Ended in the middle, it goes on from there when it is called again.',
    z.object({ id, dataSourceId: id.optional() }),
    z.object({ calls: z.number().int(), dataSourceIds: z.array(id) }),
  ),
  'dataSources.exportFile': read(
    'How a data source is set up, as a file that can be passed on: mapping, connections, actions, its modules, samples, retention. No calls, no items, no secrets.',
    z.object({ id }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
  'dataSources.importFile': write(
    'Makes a data source of such a file, all of it or nothing. Outgoing configurations come as drafts, modules switched off; `notes` say what is left to do.',
    z.object({ text: z.string().min(2).max(200_000_000) }),
    z.object({ dataSource, notes: z.array(z.string()) }),
  ),

  'captureFiles.drop': write('Removes an uploaded file.', z.object({ id }), nothing),
};
