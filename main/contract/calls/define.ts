// How a call is written down, and the inputs that many calls share.
import { z } from 'zod';

export const id = z.string().min(1).max(100);
export const name = z
  .string()
  .trim()
  .min(1, 'Type a name.')
  .max(120, 'Use at most 120 characters.')
  // They would hide in lists, or turn the text around them.
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'Leave out invisible control characters.');
export const limit = z.number().int().min(1).max(500).optional();
/** Pages go from newest to oldest: `before` is the `next` of the page before. */
export const before = z.string().max(100).optional();

export function read<I extends z.ZodObject, O extends z.ZodObject>(does: string, input: I, output: O) {
  return { kind: 'read' as const, does, input, output };
}
export function write<I extends z.ZodObject, O extends z.ZodObject>(does: string, input: I, output: O) {
  return { kind: 'write' as const, does, input, output };
}

export const nothing = z.object({});
