// What the shell and the engine process say to each other over the process channel: start, attach a window's port,
// stop; ready or failed. Everything else goes over the ports and never through the shell.
import { z } from 'zod';

export const shellMessage = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('start'),
    /** Absolute path of the data folder. */
    dataDir: z.string(),
    /** 0 asks for any free port. */
    receiverPort: z.number().int().min(0).max(65_535),
    version: z.string(),
    /** 32 bytes as base64; absent where the operating system's key store cannot be used. */
    vaultKey: z.base64().optional(),
    /** The key store seals with a key that every program of this user knows. */
    weakKeyStore: z.boolean().optional(),
    /** The file name of a backup that takes the place of the store first. */
    restoreBackup: z.string().max(1_000).optional(),
  }),
  /** Comes with exactly one message port. */
  z.object({ t: z.literal('attach') }),
  /** Writes the file of a download ticket to a path that the user chose in the shell's dialog. */
  z.object({ t: z.literal('save'), ticket: z.string().max(100), path: z.string() }),
  z.object({ t: z.literal('stop') }),
]);
export type ShellMessage = z.infer<typeof shellMessage>;
export type StartMessage = Extract<ShellMessage, { t: 'start' }>;

export const engineNews = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('ready'),
    receiver: z.object({ host: z.string(), port: z.number().int(), url: z.string() }),
  }),
  /** The engine refuses to start; starting it again at once would not help. */
  z.object({
    t: z.literal('failed'),
    code: z.string(),
    message: z.string(),
    /** Where the store is damaged: the newest backup, which may take its place. */
    backup: z.object({ name: z.string(), at: z.string() }).optional(),
  }),
]);
export type EngineNews = z.infer<typeof engineNews>;
