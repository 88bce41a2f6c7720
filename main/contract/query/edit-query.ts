// Changing a query by hand of the screen: a click on a value adds its term, a second one takes it out again. Pure.
import { readQuery } from './read-query.ts';

/** A value as it must be written behind a colon or an operator. */
export function writeValue(value: string): string {
  return value === '' || /[\s",\\]/.test(value)
    ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : value;
}

/** The query with the term at its end; unchanged where it has the term already. */
export function addTerm(query: string, term: string): string {
  const kept = query.trim();
  return hasTerm(kept, term) ? kept : kept === '' ? term : `${kept} ${term}`;
}

export function hasTerm(query: string, term: string): boolean {
  return termTexts(query).some((text) => text.toLowerCase() === term.toLowerCase());
}

/** The query without the term, in whatever letter case it stands there. */
export function dropTerm(query: string, term: string): string {
  return termTexts(query)
    .filter((text) => text.toLowerCase() !== term.toLowerCase())
    .join(' ');
}

/** The query with `field:value` in the place of every term of this field; without one where `value` is undefined. */
export function replaceField(query: string, field: string, value: string | undefined): string {
  const others = termTexts(query).filter((text) => !text.toLowerCase().startsWith(`${field}:`));
  return [...others, ...(value === undefined ? [] : [`${field}:${writeValue(value)}`])].join(' ');
}

/** The values of a field in a query, in lower case; of `-field:` not. */
export function valuesOf(query: string, field: string): string[] {
  const result = readQuery(query);
  if (!result.ok) return [];
  return result.terms.flatMap((term) =>
    term.kind === 'choice' && term.field === field && !term.negated
      ? term.values.map((value) => value.toLowerCase())
      : [],
  );
}

/**
 * What is being typed, with a change that came from elsewhere meanwhile: terms that it added or took out are added or taken out. Where the
 * typing cannot be read yet, the change takes its place.
 */
export function mergeTyping(before: string, typed: string, now: string): string {
  if (typed.trim() === before.trim() || !readQuery(typed).ok) return now;
  const dropped = termTexts(before).filter((term) => !hasTerm(now, term));
  const added = termTexts(now).filter((term) => !hasTerm(before, term));
  return added.reduce(addTerm, dropped.reduce(dropTerm, typed));
}

/** The terms as they are written; the whole as one where it cannot be read. */
function termTexts(query: string): string[] {
  const result = readQuery(query);
  if (!result.ok) return query.trim() === '' ? [] : [query.trim()];
  return result.terms.map(({ start, end }) => query.slice(start, end));
}
