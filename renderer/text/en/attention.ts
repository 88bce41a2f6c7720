// Sentences of Needs attention.
import { countOf, formatCount } from '../../design/formats.ts';

export const attention = {
  list: 'Calls that need attention',
  about:
    'These calls are kept, but elements of them have no id, so they became no items. A better mapping picks them up.',
  reason: 'Reason',
  reasons: 'Reasons',
  noReason: 'No id was found at the mapped path.',
  elements: 'Without id',
  lacking: (lacking: number, all: number) => `${formatCount(lacking)} of ${formatCount(all)}`,
  lackingLong: (lacking: number, all: number) =>
    all === 1
      ? 'This call has no id'
      : `${formatCount(lacking)} of ${countOf(all, 'element has', 'elements have')} no id`,
  /** Written as the paths of the tree beside it are. */
  element: (at: number) => `Element [${at}]:`,
  moreReasons: (count: number) => `and ${countOf(count, 'more element', 'more elements')}`,
  event: 'Event',
  fix: 'Map this call',
  emptyTitle: 'Nothing needs attention',
  emptyWords: 'Calls whose id cannot be found are kept and listed here.',
};
