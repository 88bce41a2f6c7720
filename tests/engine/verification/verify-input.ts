// What the tests of signatures check with: a call as it came in, and the schemes of the catalog.
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';
import type { SignatureScheme } from '../../../main/engine/verification/signature-scheme.ts';
import type { VerifyInput } from '../../../main/engine/verification/verify-signature.ts';

export const catalog = createCatalog();
export const bytes = (text: string) => new TextEncoder().encode(text);
export const now = Date.UTC(2026, 2, 14, 9, 26, 53);
export const url = 'https://calm-otter.loca.lt/in/a1B2c3?shop=2';

export function schemeOf(id: string, index = 0): SignatureScheme {
  const scheme = catalog.definition(id)?.signatureSchemes[index];
  if (!scheme) throw new Error(`${id} has no scheme ${index}`);
  return scheme;
}

export function input(
  body: string,
  headers: Record<string, string>,
  more: Partial<VerifyInput> = {},
): VerifyInput {
  return {
    method: 'POST',
    url,
    query: 'shop=2',
    headers: Object.entries(headers),
    rawBody: bytes(body),
    secrets: ['top secret'],
    now,
    ...more,
  };
}
