// The notification after items were deleted: brings them back for ten seconds.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

const words = text.manual;
const undoMs = 10_000;

interface Deleted {
  removal: string;
  /** What was deleted, and that it is back. */
  deleted: string;
  restored: string;
}

export function showDeleted(what: Deleted): void {
  notifications.show({
    id: what.removal,
    title: what.deleted,
    message: <Undo {...what} />,
    autoClose: undoMs,
    withBorder: true,
    closeButtonProps: { 'aria-label': text.window.close },
  });
}

function Undo({ removal, restored }: Deleted) {
  const restore = useAction('items.restore');

  async function run() {
    if (!(await restore.run({ removal }))) return;
    notifications.update({ id: removal, title: restored, message: '', autoClose: 3000 });
  }

  if (restore.problem) return <ProblemNotice {...problemWords(restore.problem, words.notRestored)} />;
  return (
    <Button size="xs" variant="default" loading={restore.running} onClick={() => void run()}>
      {words.undo}
    </Button>
  );
}
