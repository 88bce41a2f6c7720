// One event as an application would send it: its sample with the wanted event type and fresh ids. Pure; the signature comes later.
import type { ApplicationDefinition } from '../catalog/application-definition.ts';
import { freshSample, otherId } from '../catalog/fresh-sample.ts';
import { parseJsonBody, textAt } from '../verification/request-parts.ts';
import type { HeaderList } from './source-call.ts';

export interface SimulatedEvent {
  method: string;
  headers: HeaderList;
  body: Uint8Array;
  eventType: string | undefined;
}

const plainPath = (path: string | undefined) => path?.replace(/^\$\.?/, '');
/** Where a short id stands in a body, it would be found in everything. */
const leastIdLength = 5;

/** The body with another event type at the place where the application writes it; undefined where that cannot be done for certain. */
function bodyWithEvent(definition: ApplicationDefinition, body: string, wanted: string): string | undefined {
  const path = plainPath(definition.eventType?.path);
  if (path === undefined || definition.eventType?.perItem) return undefined;
  const last = path.split('.').at(-1) ?? '';
  const parsed = parseJsonBody(Buffer.from(body));
  if (parsed !== undefined) {
    const now = textAt(parsed, path);
    if (now === undefined) return undefined;
    const from = JSON.stringify(now);
    const place = new RegExp(`(${escaped(JSON.stringify(last))}\\s*:\\s*)${escaped(from)}`);
    const changed = body.replace(place, (_all, key: string) => `${key}${JSON.stringify(wanted)}`);
    return textAt(parseJsonBody(Buffer.from(changed)), path) === wanted ? changed : undefined;
  }
  const form = new URLSearchParams(body);
  if (!form.has(path)) return undefined;
  return body.replace(
    new RegExp(`(^|&)${escaped(encodeURIComponent(path))}=[^&]*`),
    (_all, start: string) => `${start}${encodeURIComponent(path)}=${encodeURIComponent(wanted)}`,
  );
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The event types that the sample can take; the first is its own. */
export function eventTypesOf(definition: ApplicationDefinition): string[] {
  const own = definition.sample.event;
  const others = definition.events
    .map(({ name }) => name)
    .filter((name) => name !== own && simulate(definition, { eventType: name }) !== undefined);
  return [...(own === undefined ? [] : [own]), ...others];
}

/** Undefined where the sample cannot take this event type. */
export function simulate(
  definition: ApplicationDefinition,
  options: { eventType?: string | undefined; newItem?: boolean | undefined } = {},
): SimulatedEvent | undefined {
  const fresh = freshSample(definition);
  const wanted = options.eventType ?? fresh.event;
  let headers: HeaderList = Object.entries(fresh.headers);
  let { body } = fresh;
  if (wanted !== undefined && wanted !== fresh.event) {
    const header = definition.eventType?.header;
    const changed = header === undefined ? bodyWithEvent(definition, body, wanted) : body;
    if (changed === undefined) return undefined;
    body = changed;
    if (header !== undefined) {
      headers = headers.map(([name, value]) => [
        name,
        name.toLowerCase() === header.toLowerCase() ? wanted : value,
      ]);
    }
  }
  const idPath = plainPath(definition.mapping.id);
  if (options.newItem && idPath !== undefined && definition.mapping.split === undefined) {
    const id = textAt(parseJsonBody(Buffer.from(body)), idPath);
    if (id !== undefined && id.length >= leastIdLength) body = body.replaceAll(id, otherId(id));
  }
  return {
    method: 'POST',
    headers: [
      ...headers,
      ...(fresh.contentType ? [['content-type', fresh.contentType] as [string, string]] : []),
    ],
    body: Buffer.from(body),
    eventType: wanted,
  };
}
