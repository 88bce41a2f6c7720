// The library of samples: calls that were kept under a name, and events that the simulator makes.
import { z } from 'zod';
import { application } from './application.ts';

export const sample = z.object({
  id: z.string(),
  dataSourceId: z.string(),
  /** Unique in its data source, whatever the letter case. */
  name: z.string(),
  method: z.string(),
  contentType: z.string().optional(),
  size: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Sample = z.infer<typeof sample>;

export const sampleDetail = sample.extend({
  query: z.string(),
  /** A concealed one is a secret that is sent when the sample is fired, and never given out. */
  headers: z.array(z.object({ name: z.string(), value: z.string(), concealed: z.boolean() })),
  /** Absent where the body is no text. */
  bodyText: z.string().optional(),
  base64: z.string().optional(),
});
export type SampleDetail = z.infer<typeof sampleDetail>;

/** An application whose events can be simulated. */
export const simulatedApplication = application.pick({ id: true, name: true, icon: true }).extend({
  /** Its calls can be signed as it signs them, with the shared secret. */
  signs: z.boolean(),
  /** Event types that its sample can take. The first is the sample's own. */
  eventTypes: z.array(z.string()),
  /** Milliseconds before each further try after a failure, where the application publishes them. */
  schedule: z.array(z.number().int()).optional(),
});
export type SimulatedApplication = z.infer<typeof simulatedApplication>;
