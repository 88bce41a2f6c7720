// Paths that hold for one event type only; an empty one means the general path.
import { text } from '../../text/en.ts';
import type { Draft, RowName } from './mapping-draft.ts';
import { PathRow, type PathRowProps } from './path-row.tsx';

interface EventRowsProps {
  draft: Draft;
  eventType: string;
  common: (
    row: RowName,
  ) => Pick<PathRowProps, 'row' | 'result' | 'isFocused' | 'onFocus' | 'onPath' | 'path'>;
}

export function EventRows({ draft, eventType, common }: EventRowsProps) {
  return (['id', 'title', 'split'] as const).map((name) => (
    <PathRow
      key={name}
      {...common(`byEvent.${eventType}.${name}`)}
      label={text.mapping.eventRow(text.mapping[name], eventType)}
      placeholder={
        draft[name].trim() === '' ? text.mapping.pathPlaceholder : text.mapping.asInAll(draft[name])
      }
    />
  ));
}
