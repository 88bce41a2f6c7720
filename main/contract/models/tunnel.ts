// The tunnel: what gives the local receiver a public URL, and what is known of its state.
import { z } from 'zod';

export const tunnelStatus = z.enum(['off', 'connecting', 'up', 'degraded', 'down']);
export type TunnelStatus = z.infer<typeof tunnelStatus>;

export const tunnelProvider = z.enum(['localtunnel', 'fixed']);
export type TunnelProvider = z.infer<typeof tunnelProvider>;

export const tunnelState = z.object({
  provider: tunnelProvider,
  status: tunnelStatus,
  /** Present while the address is believed to be live. */
  publicUrl: z.string().optional(),
  /** Plain words: why it is not up, or what it waits for. */
  reason: z.string().optional(),
  since: z.string(),
  /** When the next try starts, while it is down. */
  nextTryAt: z.string().optional(),
  /** Round trip of the last probe through the public side. */
  roundTripMs: z.number().optional(),
});
export type TunnelState = z.infer<typeof tunnelState>;
