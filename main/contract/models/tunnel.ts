// The tunnel: what gives the local receiver a public URL, and what is known of its state and its past.
import { z } from 'zod';
import { setupStep } from './application.ts';
import { reach } from './data-source.ts';

export const tunnelStatus = z.enum(['off', 'connecting', 'up', 'degraded', 'down']);
export type TunnelStatus = z.infer<typeof tunnelStatus>;

/** cloudflared and ngrok are programs that the user has installed; the others need nothing. */
export const tunnelProvider = z.enum(['localtunnel', 'cloudflared', 'ngrok', 'fixed']);
export type TunnelProvider = z.infer<typeof tunnelProvider>;

export const tunnelState = z.object({
  /** The one that gives the address now, or is being tried. */
  provider: tunnelProvider,
  /** Present while a fall-back stands in: the provider that was chosen first. */
  standsInFor: tunnelProvider.optional(),
  status: tunnelStatus,
  /** Present while the address is believed to be live. */
  publicUrl: z.string().optional(),
  /** Plain words: why it is not up, or what it waits for. */
  reason: z.string().optional(),
  since: z.string(),
  /** When the next try starts, while it is down. */
  nextTryAt: z.string().optional(),
  /** From where it can be called, by the address that answered the last probe; only while it is up. */
  reach: reach.optional(),
  /** Round trip of the last probe through the public side. */
  roundTripMs: z.number().optional(),
  /** When a probe came back through the public side the last time; only while there is an address. */
  probedAt: z.string().optional(),
});
export type TunnelState = z.infer<typeof tunnelState>;

/** A tunnel program on this computer: where it was found and what it says of itself, or why it cannot be used. */
export const tunnelProgram = z.object({
  provider: tunnelProvider,
  path: z.string().optional(),
  version: z.string().optional(),
  problem: z.string().optional(),
  /** True where Hookbench keeps a token for it; the token itself is never shown. */
  hasToken: z.boolean().optional(),
});
export type TunnelProgram = z.infer<typeof tunnelProgram>;

/** The probes of ten minutes; `at` is their beginning. */
export const tunnelPoint = z.object({
  at: z.string(),
  good: z.number().int(),
  failed: z.number().int(),
  /** Mean of the good ones. */
  roundTripMs: z.number().optional(),
  slowestMs: z.number().optional(),
});
export type TunnelPoint = z.infer<typeof tunnelPoint>;

/** A time in which the public URL took no calls. `sources` are those of which the catalog knows for certain that their senders gave up. */
export const tunnelGap = z.object({
  from: z.string(),
  /** Absent while it lasts. */
  to: z.string().optional(),
  reason: z.string(),
  sources: z.array(z.object({ dataSourceId: z.string(), name: z.string(), why: z.string() })),
});
export type TunnelGap = z.infer<typeof tunnelGap>;

/** One webhook URL that must be pasted anew, because the public address changed. */
export const addressCard = z.object({
  connectionId: z.string(),
  dataSourceId: z.string(),
  dataSourceName: z.string(),
  applicationName: z.string().optional(),
  since: z.string(),
  /** What the application probably still calls; it leads here no more. */
  oldUrl: z.string(),
  /** Present while it is live. */
  newUrl: z.string().optional(),
  /** Where to paste it, in that application; empty where the catalog does not know. */
  steps: z.array(setupStep),
});
export type AddressCard = z.infer<typeof addressCard>;
