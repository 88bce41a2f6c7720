// After a delete: a notification that brings it back until the time is over. For solutions and modules alike.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

const words = text.solutions;
const shownAfterMs = 3000;

export interface Undoable {
  id: string;
  title: string;
  undoUntil: string;
  /** The title after it came back. */
  restored: string;
  /** Brings it back; rejects with a `ProblemError`. */
  undo: () => Promise<unknown>;
}

export function offerUndo(undoable: Undoable): void {
  notifications.show({
    id: undoable.id,
    title: undoable.title,
    message: <Undo {...undoable} />,
    autoClose: Math.max(1000, Date.parse(undoable.undoUntil) - Date.now()),
    withBorder: true,
    closeButtonProps: { 'aria-label': text.window.close },
  });
}

function Undo({ id, restored, undo }: Undoable) {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  async function run() {
    setRunning(true);
    try {
      await undo();
      notifications.update({ id, title: restored, message: '', autoClose: shownAfterMs });
    } catch (error) {
      setProblem(asProblem(error));
      setRunning(false);
    }
  }

  if (problem) return <ProblemNotice {...problemWords(problem, words.notRestored)} />;
  return (
    <Button size="xs" variant="default" loading={running} onClick={() => void run()}>
      {words.undo}
    </Button>
  );
}
