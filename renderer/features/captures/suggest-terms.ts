// What the search field offers at the caret: fields, and what may stand behind them. Pure.
import { type QueryField, queryField, queryFields, writeValue } from '#contract';

export interface Suggestion {
  /** What is shown. */
  label: string;
  about: string;
  /** What takes the place of `from` to `to` of the query. */
  insert: string;
  from: number;
  to: number;
}

/** Values that are known by now, by field. */
export type KnownValues = Partial<Record<string, readonly string[]>>;

const mostSuggestions = 9;

export function suggestTerms(query: string, caret: number, known: KnownValues): Suggestion[] {
  const before = query.slice(0, caret);
  // Inside of quotes the text is the user's own.
  if ((before.replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1) return [];
  const word = /\S*$/.exec(before)?.[0] ?? '';
  const bare = word.startsWith('-') ? word.slice(1) : word;
  const to = caret + (/^[^\s,]*/.exec(query.slice(caret))?.[0].length ?? 0);
  const colon = bare.indexOf(':');
  if (colon < 0) {
    if (bare === '' || bare.startsWith('$') || bare.startsWith('"')) return [];
    const sought = bare.toLowerCase();
    return queryFields
      .filter(({ name }) => name.startsWith(sought))
      .map(({ name, about }) => ({
        label: `${name}:`,
        about,
        insert: `${name}:`,
        from: caret - bare.length,
        to,
      }))
      .slice(0, mostSuggestions);
  }
  const field: QueryField | undefined = queryField(bare.slice(0, colon));
  if (!field || field.kind === 'header') return [];
  const typed =
    bare
      .slice(colon + 1)
      .split(',')
      .at(-1) ?? '';
  const sought = typed.toLowerCase();
  const values = [...(known[field.name] ?? []), ...(field.values ?? [])];
  const fitting = [...new Set(values)].filter(
    (value) => value.toLowerCase().includes(sought) && value.toLowerCase() !== sought,
  );
  if (fitting.length === 0 && typed === '') {
    return [{ label: field.example, about: field.about, insert: '', from: caret, to: caret }];
  }
  return fitting
    .sort(
      (left, right) =>
        Number(right.toLowerCase().startsWith(sought)) - Number(left.toLowerCase().startsWith(sought)),
    )
    .map((value) => ({
      label: value,
      about: field.about,
      insert: `${writeValue(value)} `,
      from: caret - typed.length,
      to,
    }))
    .slice(0, mostSuggestions);
}

/** The query with the suggestion in it, and where the caret goes. */
export function applySuggestion(
  query: string,
  { insert, from, to }: Suggestion,
): { query: string; caret: number } {
  const rest = query.slice(to);
  const text = insert.endsWith(' ') && rest.startsWith(' ') ? insert.trimEnd() : insert;
  return { query: query.slice(0, from) + text + rest, caret: from + text.length };
}
