// Edit and Delete of an item of a manual source; the notification after Delete brings it back for ten seconds.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { Item } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './item-drawer.module.css';

const words = text.manual;
const undoMs = 10_000;

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
    notifications.show({
      id: answer.removal,
      title: words.deleted(item.title),
      message: <Undo removal={answer.removal} title={item.title} />,
      autoClose: undoMs,
      withBorder: true,
      closeButtonProps: { 'aria-label': text.window.close },
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

function Undo({ removal, title }: { removal: string; title: string }) {
  const restore = useAction('items.restore');

  async function run() {
    if (!(await restore.run({ removal }))) return;
    notifications.update({ id: removal, title: words.restored(title), message: '', autoClose: 3000 });
  }

  if (restore.problem) return <ProblemNotice {...problemWords(restore.problem, words.notRestored)} />;
  return (
    <Button size="xs" variant="default" loading={restore.running} onClick={() => void run()}>
      {words.undo}
    </Button>
  );
}
