// How long calls are kept. Items and their versions stay when their calls go.
import { z } from 'zod';

/** A call goes when more than `calls` newer ones of its outcome are there, or when it is older than `days`. Neither: all are kept. */
export const retentionRule = z.object({
  calls: z
    .number()
    .int('Use a whole number of calls.')
    .min(1, 'Keep at least 1 call.')
    .max(100_000_000, 'Keep at most 100,000,000 calls.')
    .optional(),
  days: z
    .number()
    .int('Use a whole number of days.')
    .min(1, 'Keep calls for at least 1 day.')
    .max(36_500, 'Keep calls for at most 36,500 days.')
    .optional(),
});
export type RetentionRule = z.infer<typeof retentionRule>;

export const retentionRules = z.object({
  accepted: retentionRule,
  rejected: retentionRule,
  handshake: retentionRule,
  duplicate: retentionRule,
});
export type RetentionRules = z.infer<typeof retentionRules>;

/** Calls, and the bytes of their bodies as they lie in the store. */
export const callVolume = z.object({ calls: z.number().int(), bytes: z.number().int() });
export type CallVolume = z.infer<typeof callVolume>;

export const volumeByOutcome = z.object({
  accepted: callVolume,
  rejected: callVolume,
  handshake: callVolume,
  duplicate: callVolume,
});

export const retention = z.object({
  rules: retentionRules,
  /** What is stored now. */
  stored: volumeByOutcome,
  /** What was deleted so far, and when last. */
  deleted: callVolume.extend({ lastAt: z.string().optional() }),
});
export type Retention = z.infer<typeof retention>;

export const retentionPreview = z.object({
  /** What would go now. */
  goes: volumeByOutcome,
  total: callVolume,
  /** Calls beyond the rules that stay, because they wait for a mapping, for indexing, or lack an id. */
  heldBack: z.number().int(),
  /** Calls beyond the rules that stay, because they are pinned. */
  pinned: z.number().int(),
});
export type RetentionPreview = z.infer<typeof retentionPreview>;
