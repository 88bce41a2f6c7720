// What changed between two mappings, in words for the audit log: one entry for each row that differs. Pure.
import type { AuditChange, Mapping } from '#contract';

export function mappingDifference(before: Mapping | undefined, after: Mapping): AuditChange[] {
  const [from, to] = [rowsOf(before), rowsOf(after)];
  const names = new Set([...from.keys(), ...to.keys()]);
  return [...names].flatMap((what) => {
    const [was, is] = [from.get(what), to.get(what)];
    if (was === is) return [];
    return [{ what, ...(was === undefined ? {} : { from: was }), ...(is === undefined ? {} : { to: is }) }];
  });
}

/** Each row of a mapping by its name; whatever a row holds besides a path is told as JSON. */
function rowsOf(mapping: Mapping | undefined): Map<string, string> {
  const rows = new Map<string, string>();
  if (!mapping) return rows;
  for (const [name, value] of Object.entries(mapping)) {
    if (value === undefined || value === '' || name === 'fields') continue;
    rows.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const { name, path, type, ...more } of mapping.fields ?? []) {
    const rest = Object.keys(more).length > 0 ? ` ${JSON.stringify(more)}` : '';
    rows.set(`field “${name}”`, `${typeof path === 'string' ? path : JSON.stringify(path)} (${type})${rest}`);
  }
  return rows;
}
