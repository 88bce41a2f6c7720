// What the user can set for the whole application.
import { z } from 'zod';
import { backupSettings } from './backup.ts';
import { tunnelProvider } from './tunnel.ts';

export const tunnelSettings = z.object({
  provider: tunnelProvider,
  /** The localtunnel server, its public service or one's own: an http or https URL. */
  host: z.string(),
  /** Asked for at the server, so that the address stays the same; the server may give another. */
  subdomain: z.string(),
  /** The fixed public URL behind the user's own proxy. */
  fixedUrl: z.string(),
  /** Where cloudflared stands; empty: it is looked for on the PATH. */
  cloudflaredPath: z.string().max(1_000),
  /** Name or UUID of a tunnel of the user's own, whose credentials cloudflared keeps; empty: by token, or a quick tunnel. */
  cloudflaredTunnel: z.string().max(200),
  /** The public URL that leads to that tunnel. */
  cloudflaredUrl: z.string(),
  /** Where ngrok stands; empty: it is looked for on the PATH. */
  ngrokPath: z.string().max(1_000),
  /** Who takes over, in this order, when the provider before stays down. */
  fallbacks: z.array(tunnelProvider).max(10),
  /** How long one may stay down before the next takes over. */
  fallbackAfterS: z.number().int().min(10).max(86_400),
  /** Start the tunnel when Hookbench starts. */
  autoStart: z.boolean(),
});
export type TunnelSettings = z.infer<typeof tunnelSettings>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  tunnel: tunnelSettings,
  backups: backupSettings,
});
export type Settings = z.infer<typeof settings>;
