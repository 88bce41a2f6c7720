// A body with some of its values replaced, for files that are passed on. JSON is written anew with the values at the paths replaced and
// every digit as received; in other formats each text that a path selects is replaced wherever it stands. Pure.
import { type CompiledPath, compilePath } from '../mapping/compile-path.ts';
import { toText } from '../mapping/field-values.ts';
import type { PathKey } from '../mapping/path-segments.ts';
import { toJson } from '../mapping/to-json.ts';
import type { ParsedBody } from '../parsing/parse-body.ts';
import { emptyPayloadObject, isPayloadObject, type PayloadValue } from '../parsing/payload-value.ts';

export const maskText = '[masked]';
/** A shorter text is found everywhere; replacing it would leave nothing to read. */
const leastReplaced = 4;

/** Places to be masked, as a tree: a node without children is one. */
type Places = Map<PathKey, Places>;

/** Headers and parameters are masked by their names, not by paths. */
export const isMaskSource = (source: CompiledPath['source']): boolean =>
  source === 'body' || source === 'root';

/** Undefined where no path selects anything: then the body is given as it came. Paths are those of a mapping. */
export function maskBody(
  parsed: Extract<ParsedBody, { ok: true }>,
  body: Uint8Array,
  paths: readonly string[],
): { text: string; masked: number } | undefined {
  const places: Places = new Map();
  const texts = new Set<string>();
  let masked = 0;
  for (const path of paths) {
    const compiled = compilePath(path);
    if (!compiled.ok || !isMaskSource(compiled.path.source)) continue;
    for (const found of compiled.path.find(parsed.value)) {
      if (found.path.length === 0) continue;
      masked += 1;
      addPlace(places, found.path);
      for (const text of textsIn(found.value)) texts.add(text);
    }
  }
  if (masked === 0) return undefined;
  if (parsed.format !== 'json' && parsed.format !== 'ndjson') {
    return { text: withoutTexts(new TextDecoder().decode(body), texts), masked };
  }
  const value = rebuild(parsed.value, places);
  const lines = parsed.format === 'ndjson' && Array.isArray(value) ? value : [value];
  return { text: lines.map(toJson).join('\n'), masked };
}

function addPlace(places: Places, path: readonly PathKey[]): void {
  let at = places;
  for (const key of path) {
    const next: Places = at.get(key) ?? new Map();
    at.set(key, next);
    at = next;
  }
  // Whatever lies below goes with it.
  at.clear();
}

/** A copy along the places; what lies elsewhere is shared, because parsed bodies are kept. */
function rebuild(value: PayloadValue, places: Places): PayloadValue {
  if (places.size === 0) return maskText;
  if (Array.isArray(value)) {
    return value.map((element, i) => {
      const below = places.get(i);
      return below ? rebuild(element, below) : element;
    });
  }
  if (!isPayloadObject(value)) return value;
  const copy = emptyPayloadObject();
  for (const key of Object.keys(value)) {
    const below = places.get(key);
    copy[key] = below ? rebuild(value[key] as PayloadValue, below) : (value[key] as PayloadValue);
  }
  return copy;
}

function textsIn(value: PayloadValue): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (isPayloadObject(value)) return Object.values(value).flatMap(textsIn);
  const text = toText(value);
  return text === undefined ? [] : [text];
}

/** As the text stands in a form, in XML, or plainly. */
function withoutTexts(body: string, texts: ReadonlySet<string>): string {
  let masked = body;
  for (const text of texts) {
    if (text.length < leastReplaced) continue;
    const form = encodeURIComponent(text);
    const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    for (const written of new Set([
      text,
      form,
      form.replaceAll('%20', '+'),
      xml,
      xml.replaceAll('"', '&quot;'),
    ])) {
      masked = masked.replaceAll(written, maskText);
    }
  }
  return masked;
}
