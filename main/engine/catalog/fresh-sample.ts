// The sample of an application as a new delivery: the same call under another delivery id, so that it is no repeat of the last test.
import { randomInt } from 'node:crypto';
import type { Application } from '#contract';
import { headerValue, parseJsonBody, textAt } from '../verification/request-parts.ts';

const kinds = ['0123456789', 'abcdef', 'ghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const changedCharacters = 12;

/** Another id of the same shape: the last letters and digits by others of their kind. */
export function otherId(id: string): string {
  const tail = id.slice(1).slice(-changedCharacters);
  const other = tail.replace(/[0-9a-zA-Z]/g, (character) => {
    const kind = kinds.find((characters) => characters.includes(character)) ?? character;
    return kind.charAt(randomInt(kind.length));
  });
  return id.slice(0, id.length - tail.length) + other;
}

/** The sample itself where the application has no delivery id of the whole call. */
export function freshSample({ sample, deliveryId }: Application): Application['sample'] {
  if (!deliveryId || deliveryId.perItem) return sample;
  const id = deliveryId.header
    ? headerValue(Object.entries(sample.headers), deliveryId.header)
    : textAt(parseJsonBody(new TextEncoder().encode(sample.body)), deliveryId.path ?? '');
  if (!id) return sample;
  const fresh = otherId(id);
  const headers = Object.fromEntries(
    Object.entries(sample.headers).map(([name, value]) => [name, value.replaceAll(id, fresh)]),
  );
  return { ...sample, headers, body: sample.body.replaceAll(id, fresh) };
}
