// The shape of one catalog file: the public application plus what only the engine and its maintainers need
// (handshake, signature parameters, evidence). Definitions are checked by a test, not at every start.
import { z } from 'zod';
import { application } from '#contract';
import { handshakeRule } from '../verification/handshake-rule.ts';
import { signatureScheme } from '../verification/signature-scheme.ts';

export const category = z.enum([
  'Accounting',
  'Artificial intelligence',
  'Commerce',
  'Communication',
  'Content',
  'Customer relations',
  'Deployment',
  'E-mail',
  'E-signature',
  'Forms',
  'Generic',
  'Identity',
  'Infrastructure',
  'Marketing',
  'Monitoring',
  'Payments',
  'Productivity',
  'Project management',
  'Scheduling',
  'Source control',
  'Storage',
  'Support',
]);

/** official: the application's documents · code: programs in production · sample: real deliveries · secondary: notes that cite these · unverified: none of them. */
const evidence = z.strictObject({
  level: z.enum(['official', 'code', 'sample', 'secondary', 'unverified']),
  sources: z.array(z.url()),
});

export const factGroup = z.enum([
  'content',
  'urlCheck',
  'signature',
  'eventType',
  'deliveryId',
  'response',
  'item',
  'settings',
]);
export type FactGroup = z.infer<typeof factGroup>;

export const applicationDefinition = application.extend({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  category,
  icon: application.shape.icon.extend({ color: z.string().regex(/^#[0-9a-f]{6}$/) }),
  docsUrl: z.url().optional(),
  handshake: handshakeRule.optional(),
  /** A call is genuine when any of these holds. Empty: nothing is known. */
  signatureSchemes: z.array(signatureScheme),
  evidence: z.partialRecord(factGroup, evidence),
});
export type ApplicationDefinition = z.infer<typeof applicationDefinition>;

/** Only types the literal; the catalog's test checks it against the schema. */
export function defineApplication(definition: ApplicationDefinition): ApplicationDefinition {
  return definition;
}
