// While an item is edited another window may change it: the drawer says so before it saves, and the one who types chooses.
import { Button } from '@mantine/core';
import type { Item } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { changedSince } from './item-draft.ts';
import classes from './item-drawer.module.css';

const words = text.manual;

/** The item as it stands now, where that is not what `opened` was; undefined for a new one. */
export function useNewerVersion(opened: Item | undefined): { newer: Item | undefined; look(): void } {
  const now = useCall('items.get', opened && { id: opened.id });
  useEvent('items.changed', ({ dataSourceId }) => {
    if (dataSourceId === opened?.dataSourceId) now.refetch();
  });
  const item = now.data?.item;
  return { newer: item && opened && item.version !== opened.version ? item : undefined, look: now.refetch };
}

interface NewerVersionProps {
  opened: Item;
  newer: Item;
  onTakeNewer: () => void;
  onKeepTyped: () => void;
}

export function NewerVersion({ opened, newer, onTakeNewer, onKeepTyped }: NewerVersionProps) {
  return (
    <div className={classes.newer}>
      <ProblemNotice
        tone="warn"
        what={words.newer}
        why={words.newerWhy(
          changedSince(opened, newer).map((name) => (name === '' ? text.items.title : name)),
        )}
      >
        <div className={classes.choices}>
          <Button size="xs" variant="default" onClick={onTakeNewer}>
            {words.takeNewer}
          </Button>
          <Button size="xs" variant="default" onClick={onKeepTyped}>
            {words.keepTyped}
          </Button>
        </div>
      </ProblemNotice>
    </div>
  );
}
