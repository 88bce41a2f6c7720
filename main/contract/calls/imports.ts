// Calls about uploads of current data.
import { z } from 'zod';
import { importFault, importOptions, importRecord } from '../models/import.ts';
import { id, limit, read, write } from './define.ts';

export const importsCalls = {
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
  'imports.faultsFile': read(
    'The same as CSV (row and reason), at most the first 10,000 rows. Cells that a spreadsheet would take for a formula are defused.',
    z.object({ id }),
    z.object({ fileName: z.string(), csv: z.string(), rows: z.number().int(), more: z.boolean() }),
  ),
};
