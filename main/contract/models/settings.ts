// What the user can set for the whole application.
import { z } from 'zod';
import { tunnelProvider } from './tunnel.ts';

export const tunnelSettings = z.object({
  provider: tunnelProvider,
  /** The localtunnel server, its public service or one's own: an http or https URL. */
  host: z.string(),
  /** Asked for at the server, so that the address stays the same; the server may give another. */
  subdomain: z.string(),
  /** The fixed public URL behind the user's own proxy. */
  fixedUrl: z.string(),
  /** Start the tunnel when Hookbench starts. */
  autoStart: z.boolean(),
});
export type TunnelSettings = z.infer<typeof tunnelSettings>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  tunnel: tunnelSettings,
});
export type Settings = z.infer<typeof settings>;
