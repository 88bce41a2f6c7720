// Compares two stored calls, or two versions of an item: reads both from the store, in the worker thread. A body that is no value is compared
// line by line.
import type { ComparedSide, Comparison } from '#contract';
import { parseBody } from '../parsing/parse-body.ts';
import type { PayloadValue } from '../parsing/payload-value.ts';
import { bodyText, contentEncodingOf } from './call-text.ts';
import type { CaptureSearchTable } from './capture-search-table.ts';
import { compareValues } from './compare-values.ts';

/** A side is not there any more. */
export class SideMissing extends Error {}

const mostLines = 1_000;

interface Side {
  /** Undefined where the body cannot be read as a value. */
  value: PayloadValue | undefined;
  text(): string;
  headers: readonly (readonly [string, string])[];
}

export function compareCalls(
  search: CaptureSearchTable,
  left: ComparedSide,
  right: ComparedSide,
  ignore: readonly string[],
): Comparison {
  const [a, b] = [readSide(search, left), readSide(search, right)];
  const areValues = a.value !== undefined && b.value !== undefined;
  const comparedValue = (side: Side): PayloadValue =>
    areValues ? (side.value as PayloadValue) : side.text().split('\n').slice(0, mostLines);
  return compareValues(
    { left: comparedValue(a), right: comparedValue(b), leftHeaders: a.headers, rightHeaders: b.headers },
    ignore,
  );
}

function readSide(search: CaptureSearchTable, side: ComparedSide): Side {
  if ('itemId' in side) {
    const version = search.itemVersion(side.itemId, side.version);
    if (!version) throw new SideMissing('This version of the item does not exist any more.');
    // With the digits that were kept.
    const parsed = parseBody({
      body: Buffer.from(JSON.stringify({ title: version.title, ...(JSON.parse(version.fields) as object) })),
      contentType: 'application/json',
    });
    return { value: parsed.ok ? parsed.value : undefined, text: () => version.fields, headers: [] };
  }
  const row = search.byId(side.captureId);
  if (!row) throw new SideMissing('One of the calls does not exist any more.');
  const headers = search.headers(row.sequence);
  const body = search.body(row.sequence);
  const contentType = row.content_type ?? undefined;
  const parsed = parseBody({ body, contentType, contentEncoding: contentEncodingOf(headers) });
  return {
    value: parsed.ok ? parsed.value : undefined,
    text: () =>
      bodyText({ path: row.path, query: row.query, headers, contentType, format: row.format }, body).text,
    headers,
  };
}
