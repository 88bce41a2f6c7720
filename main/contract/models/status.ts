// The state of the engine, for the status bar.
import { z } from 'zod';
import { tunnelState } from './tunnel.ts';

export const engineStatus = z.object({
  version: z.string(),
  receiver: z.object({ host: z.string(), port: z.number().int(), url: z.string() }),
  tunnel: tunnelState,
  /** Calls received in the last 60 seconds. */
  callsPerMinute: z.number().int(),
  /** Accepted calls that wait to be indexed or for a mapping. */
  waiting: z.number().int(),
  /** Outgoing calls that wait to be sent, or to be tried again. */
  deliveriesWaiting: z.number().int(),
  /** True where the system has no protected key store, so that other programs of this user could open what is sealed. */
  weakKeyStore: z.boolean().optional(),
  /** Present while the store cannot be written: what happened and what to do. */
  storeFault: z.string().optional(),
});
export type EngineStatus = z.infer<typeof engineStatus>;
