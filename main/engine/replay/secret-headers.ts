// Headers whose value is a secret whoever wrote it: never shown of what is kept of an attempt or a sample, nor where an answer repeats it.
import type { HeaderList } from './source-call.ts';

const secretHeaderNames = new Set(['authorization', 'proxy-authorization', 'cookie']);
/** A shorter secret would be found in every text. */
const leastConcealed = 6;

export const concealedValue = '••••••••';

export const isSecretHeader = (name: string): boolean => secretHeaderNames.has(name.toLowerCase());

/** The secrets in these headers, longest first: whole values, and of credentials with a scheme ("Bearer x") the part behind it. */
export function secretsIn(headers: HeaderList): string[] {
  const secrets = headers
    .filter(([name]) => isSecretHeader(name))
    .flatMap(([, value]) => [value, value.slice(value.indexOf(' ') + 1)]);
  return [...new Set(secrets)]
    .filter(({ length }) => length >= leastConcealed)
    .sort((a, b) => b.length - a.length);
}
