// Reads a Content-Type header: the media type and its parameters. Decides nothing.
import type { BodyFormat } from '#contract';

export interface ContentType {
  /** Lower case, without parameters, `''` where none was declared. */
  type: string;
  parameters: Map<string, string>;
}

/** Tolerant: parts that are not `name=value` are skipped; the first of two equal names counts. */
export function readContentType(header: string | undefined): ContentType {
  const text = header ?? '';
  const end = text.indexOf(';');
  const type = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  if (end >= 0) {
    const parameter = /(?:^|;)\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g;
    for (const [, name = '', quoted, plain = ''] of text.slice(end + 1).matchAll(parameter)) {
      const key = name.toLowerCase();
      if (!parameters.has(key)) {
        parameters.set(key, quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, '$1'));
      }
    }
  }
  return { type, parameters };
}

const lineTypes = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/x-jsonlines',
  'application/jsonlines',
  'application/jsonl',
  'application/x-jsonl',
  'application/json-seq',
  'application/stream+json',
]);

/** The format that a media type declares; undefined where it says nothing that we read. */
export function formatOfType(type: string): BodyFormat | undefined {
  if (lineTypes.has(type)) return 'ndjson';
  if (/^(application|text)\/(x-)?json$/.test(type) || /^[^/]+\/[^/]+\+json$/.test(type)) return 'json';
  if (/^(application|text)\/xml$/.test(type) || /^[^/]+\/[^/]+\+xml$/.test(type)) return 'xml';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'multipart/form-data') return 'multipart';
  return undefined;
}

/** Named in every 415, so that the sender knows what to declare. */
export const takenTypes =
  'application/json, application/xml, application/x-www-form-urlencoded, multipart/form-data and application/x-ndjson';
