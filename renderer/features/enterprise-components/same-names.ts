// Data sources that bear the same name are told apart by when they were created. Pure.
import type { DataSource } from '#contract';

const created = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

type Named = Pick<DataSource, 'id' | 'name' | 'createdAt'>;

/** The time of creation, by id, of those whose name another one has as well (letter case and spaces aside). */
export function sameNames(sources: readonly Named[]): Map<string, string> {
  const byName = Map.groupBy(sources, ({ name }) => name.trim().toLocaleLowerCase('en'));
  const hints = new Map<string, string>();
  for (const group of byName.values()) {
    if (group.length < 2) continue;
    for (const { id, createdAt } of group) hints.set(id, created.format(new Date(createdAt)));
  }
  return hints;
}
