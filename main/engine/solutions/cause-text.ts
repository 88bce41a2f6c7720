// Why a module ran, in one sentence.
import type { StoredCause } from './runs-table.ts';

const namesTold = 5;

export function causeText({ kind, changed, isNew, at }: StoredCause): string {
  switch (kind) {
    case 'itemAdded':
      return 'The item was added.';
    case 'fieldChanged':
      return isNew ? 'The item is new.' : `${list(changed ?? [])} changed.`;
    case 'matchConditions':
      return isNew ? 'The new item matches.' : 'The item came to match.';
    case 'buttonClicked':
      return 'The button was clicked.';
    case 'onScheduled':
      return at === undefined ? 'Its time came.' : `Its time came: ${new Date(at).toISOString()}.`;
  }
}

function list(fields: readonly string[]): string {
  const names = fields.slice(0, namesTold).map((field) => field.replace(/^fields\./, ''));
  const more = fields.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
