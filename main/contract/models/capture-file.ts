// Files of captures: what is exported, and what an uploaded file holds before it is taken in.
import { z } from 'zod';

/** har: HAR 1.2, opens in the network panel of browsers · ndjson, json: whole, can be taken in again · csv: for spreadsheets, cannot. */
export const captureFileFormat = z.enum(['har', 'ndjson', 'json', 'csv']);
export type CaptureFileFormat = z.infer<typeof captureFileFormat>;

/** What an uploaded file holds. `masked`: calls of which values were masked when they were exported. */
export const captureFile = z.object({
  id: z.string(),
  fileName: z.string(),
  size: z.number().int(),
  received: z.number().int(),
  /** Present once it was checked. */
  content: z
    .object({
      calls: z.number().int(),
      masked: z.number().int(),
      sources: z.array(
        z.object({ name: z.string(), applicationId: z.string().optional(), calls: z.number().int() }),
      ),
    })
    .optional(),
});
export type CaptureFile = z.infer<typeof captureFile>;
