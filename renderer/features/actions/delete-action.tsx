// Delete of an action; the notification afterwards brings it back.
import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Action } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useClient } from '../../api/use-client.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { offerUndo } from '../solutions/offer-undo.tsx';
import classes from './actions.module.css';

const words = text.actions;

export function DeleteAction({ action, onDeleted }: { action: Action; onDeleted: () => void }) {
  const client = useClient();
  const remove = useAction('actions.delete');

  async function run() {
    const answer = await remove.run({ id: action.id });
    if (!answer) return;
    onDeleted();
    offerUndo({
      id: `deleted-${action.id}`,
      title: words.deleted(action.name),
      undoUntil: answer.undoUntil,
      restored: words.restoredAction(action.name),
      undo: () => client.call('actions.undoDelete', { id: action.id }),
    });
  }

  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        loading={remove.running}
        aria-label={words.deleteNamed(action.name)}
        onClick={() => void run()}
      >
        {words.delete}
      </Button>
      {remove.problem && (
        <div className={classes.footProblem}>
          <ProblemNotice {...problemWords(remove.problem, words.notDeleted)} />
        </div>
      )}
    </>
  );
}
