// The words of an item, and what somebody typed as a question to the index of words. Pure.
import type { JsonValue } from '#contract';

/** Characters of one item that are searched. */
const maxChars = 20_000;
/** Words of one search. */
const maxTerms = 12;

/** Id, title and every text, number and boolean in the fields; names of fields are no words. */
export function wordsOf(item: { external_id: string; title: string; fields: string }): string {
  const parts = [item.external_id, item.title];
  let length = item.external_id.length + item.title.length;
  function add(value: JsonValue): void {
    if (length > maxChars || value === null) return;
    if (Array.isArray(value)) for (const inner of value) add(inner);
    else if (typeof value === 'object') for (const inner of Object.values(value)) add(inner);
    else {
      const text = String(value).slice(0, maxChars);
      parts.push(text);
      length += text.length;
    }
  }
  add(JSON.parse(item.fields) as JsonValue);
  return parts.join('\n').slice(0, maxChars);
}

/** One token for a revision of a data source. */
export function sourceToken(dataSourceId: string, revision: number): string {
  return `${dataSourceId.replace(/[^a-z0-9]/gi, '').toLowerCase()}r${revision}`;
}

/**
 * The question in the language of FTS5: every word or its beginning must be there, `"several words"` in this order. What
 * was typed is always quoted, so it has no say in the language. Undefined where nothing was typed that is a word.
 */
export function matchExpression(typed: string, token: string): string | undefined {
  const terms: string[] = [];
  for (const [, phrase, word] of typed.matchAll(/"([^"]*)"?|(\S+)/g)) {
    const text = (phrase ?? word ?? '').replaceAll('"', ' ').trim();
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    terms.push(phrase === undefined ? `"${text}" *` : `"${text}"`);
    if (terms.length === maxTerms) break;
  }
  if (terms.length === 0) return undefined;
  return `source : "${token}" AND words : (${terms.join(' AND ')})`;
}
