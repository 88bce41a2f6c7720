// The envelope that every wire carries: a call, its cancel, its result or problem, and events. JSON only.
import { z } from 'zod';
import { problem } from './problems.ts';

export const clientMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id: z.number().int(), call: z.string().max(100), input: z.unknown() }),
  z.object({ t: z.literal('cancel'), id: z.number().int() }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

export const engineMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), version: z.string() }),
  z.object({ t: z.literal('result'), id: z.number().int(), output: z.unknown() }),
  z.object({ t: z.literal('problem'), id: z.number().int(), problem }),
  z.object({ t: z.literal('event'), event: z.string(), data: z.unknown() }),
]);
export type EngineMessage = z.infer<typeof engineMessage>;

/** One end of a wire. Messages are JSON-shaped values; order is kept; after `onClose` nothing is delivered. */
export interface Channel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
