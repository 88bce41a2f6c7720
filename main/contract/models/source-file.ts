// A data source as a file that can be passed on: how it is set up, without its calls and items, and never with a secret.
import { z } from 'zod';
import { actionInput } from './action.ts';
import { dataSourceEntry, dataSourceKind } from './data-source.ts';
import { manualField } from './item.ts';
import { mapping } from './mapping.ts';
import { moduleInput } from './module.ts';
import { authorization, plainHeader } from './outgoing.ts';
import { receiving } from './receiving.ts';
import { retentionRules } from './retention.ts';
import { chosenScheme } from './verification.ts';

const reference = z.string().min(1).max(100);

export const sourceFile = z.object({
  kind: z.literal('hookbench.dataSource'),
  version: z.literal(1),
  dataSource: z.object({
    name: z.string().trim().min(1).max(120),
    kind: dataSourceKind,
    entry: dataSourceEntry,
    applicationId: z.string().max(100).optional(),
    description: z.string().max(500),
  }),
  mapping: mapping.optional(),
  /** Of a source whose items are typed in. */
  manualFields: z.array(manualField).max(200).optional(),
  retention: retentionRules.optional(),
  /** The first one is the one that the source is made with. */
  connections: z
    .array(
      z.object({
        id: reference,
        name: z.string().min(1).max(120),
        verification: chosenScheme.optional(),
        receiving: receiving.optional(),
        outgoing: z
          .object({
            baseUrl: z.string().max(2_000),
            authorization,
            headers: z.array(plainHeader).max(50),
            timeoutMs: z.number().int(),
            allowedTargets: z.array(z.string().max(300)).max(20),
          })
          .optional(),
      }),
    )
    .min(1)
    .max(50),
  actions: z.array(actionInput.extend({ id: reference })).max(500),
  modules: z.array(z.object({ solution: z.string().trim().min(1).max(120), module: moduleInput })).max(500),
  samples: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(120),
        method: z.string().max(40),
        query: z.string().max(20_000),
        headers: z.array(z.tuple([z.string().max(200), z.string().max(20_000)])).max(200),
        base64: z.string().max(40_000_000),
      }),
    )
    .max(500),
});
export type SourceFile = z.infer<typeof sourceFile>;
