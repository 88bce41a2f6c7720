// The catalog of applications: what Hookbench knows about the senders. Facts only; what is not certain is marked.
import { z } from 'zod';

/** `confirmed`: from the application's documents, code or real deliveries, or from notes that cite them. `unconfirmed`: shown as such or not at all. */
export const certainty = z.enum(['confirmed', 'unconfirmed']);

export const icon = z.object({
  /** Name in simple-icons, where the brand has an icon there. */
  slug: z.string().optional(),
  /** Brand colour, `#rrggbb`, for the icon or the tinted initial. */
  color: z.string(),
});

export const setupStep = z.object({
  text: z.string(),
  /** The menu path in that application, outermost first. */
  menu: z.array(z.string()).optional(),
  /** True where the step is the one in which the webhook URL is pasted. */
  pastesUrl: z.boolean().optional(),
  /** Where it is `unconfirmed`, say that the menu may be named otherwise. */
  certainty: certainty.optional(),
});

export const suggestedMapping = z.object({
  id: z.string().optional(),
  title: z.string().optional(),
  split: z.string().optional(),
  note: z.string().optional(),
  certainty: certainty.optional(),
});

/** Where a fact about one call stands: a header, or a path from the root of the payload, of which the first value counts. */
export const factPlace = z.object({
  header: z.string().optional(),
  path: z.string().optional(),
  /** True where `path` starts at one element of the split payload, because one call carries several. */
  perItem: z.boolean().optional(),
});

export const applicationSummary = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  aliases: z.array(z.string()),
  icon,
});
export type ApplicationSummary = z.infer<typeof applicationSummary>;

export const application = applicationSummary.extend({
  docsUrl: z.string().optional(),
  contentTypes: z.array(z.string()),
  steps: z.array(setupStep),
  /** How the application checks the URL when it is saved there, in one sentence. */
  urlCheck: z.object({ kind: z.string(), text: z.string(), certainty }).optional(),
  /** How it signs its calls, in one sentence. */
  signature: z
    .object({ scheme: z.string(), header: z.string().optional(), text: z.string(), certainty })
    .optional(),
  /** Which secret checks the signature: what the application calls it and where it stands. */
  secretHint: z.string().optional(),
  /** How long it waits for an answer. */
  answerLimit: z.object({ ms: z.number().int().positive(), certainty }).optional(),
  retries: z
    .object({
      text: z.string(),
      certainty,
      /** For how long after a failure it tries again by itself, in ms; 0: never. Only where that is confirmed. */
      forMs: z.number().int().min(0).optional(),
      /** The pause before each further try, in ms, as it is published. Empty: it never tries again. Only where that is exact. */
      schedule: z.array(z.number().int().min(0)).optional(),
    })
    .optional(),
  events: z.array(z.object({ name: z.string(), mapping: suggestedMapping.optional() })),
  eventType: factPlace.optional(),
  deliveryId: factPlace.optional(),
  mapping: suggestedMapping,
  /** A call as this application would send it; written by us, no real data in it. */
  sample: z.object({
    event: z.string().optional(),
    contentType: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
});
export type Application = z.infer<typeof application>;
