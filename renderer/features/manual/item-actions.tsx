// Edit and Delete of an item of a manual source, and Delete of several.
import { Button } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { Item } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { showDeleted } from './deleted-notice.tsx';
import classes from './item-drawer.module.css';

const words = text.manual;

interface ItemActionsProps {
  item: Item;
  onEdit: () => void;
  onDeleted: () => void;
}

export function ItemActions({ item, onEdit, onDeleted }: ItemActionsProps) {
  const remove = useAction('items.remove');

  async function run() {
    const answer = await remove.run({ id: item.id });
    if (!answer) return;
    onDeleted();
    showDeleted({
      removal: answer.removal,
      deleted: words.deleted(item.title),
      restored: words.restored(item.title),
    });
  }

  return (
    <>
      <div className={classes.actions}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={onEdit}
        >
          {words.edit}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTrash size={14} aria-hidden />}
          loading={remove.running}
          onClick={() => void run()}
        >
          {words.delete}
        </Button>
      </div>
      {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notDeleted)} />}
    </>
  );
}

/** Deletes the items that are selected in the list. */
export function useDeleteSelected(ids: readonly string[], onDeleted: () => void) {
  const remove = useAction('items.removeSeveral');
  return {
    running: remove.running,
    problem: remove.problem,
    async run() {
      const answer = await remove.run({ ids: [...ids] });
      if (!answer) return;
      onDeleted();
      showDeleted({
        removal: answer.removal,
        deleted: words.deletedSeveral(answer.removed),
        restored: words.restoredSeveral(answer.removed),
      });
    },
  };
}
