// The bar below the builder: whether there are unsaved changes, Discard (which can be undone) and Save.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Problem } from '#contract';
import { ActionButton } from '../../design/action-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import screenClasses from './module-screen.module.css';
import type { ModuleDraftState } from './use-module-draft.ts';

const words = text.modules;
const undoMs = 10_000;

interface SaveModuleProps {
  state: ModuleDraftState;
  isNew: boolean;
  /** Faults that the last Save found. */
  faultCount: number;
  problem: Problem | undefined;
  /** False where it was not saved. */
  onSave: () => Promise<boolean>;
  onDiscard: () => void;
}

/** To the first field that is wrong, once its words stand there. */
function goToFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus());
}

export function SaveModule({ state, isNew, faultCount, problem, onSave, onDiscard }: SaveModuleProps) {
  function discard() {
    const undo = state.discard();
    onDiscard();
    const id = `discarded-${Date.now()}`;
    notifications.show({
      id,
      title: words.discarded,
      message: (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            undo();
            notifications.update({ id, title: words.discardedBack, message: '', autoClose: 3000 });
          }}
        >
          {text.solutions.undo}
        </Button>
      ),
      autoClose: undoMs,
      withBorder: true,
      closeButtonProps: { 'aria-label': text.window.close },
    });
  }

  async function save() {
    const isSaved = await onSave();
    if (!isSaved) goToFault();
    return isSaved;
  }

  return (
    <footer className={screenClasses.foot}>
      {problem && <ProblemNotice {...problemWords(problem, words.notSaved)} />}
      {state.isBehind && <ProblemNotice tone="warn" what={words.changedElsewhere} />}
      <div className={screenClasses.footLine}>
        <span className={screenClasses.footWords} role="status">
          {faultCount > 0 ? (
            <StateBadge plain tone="bad">
              {words.faultsToMend(faultCount)}
            </StateBadge>
          ) : (
            state.isChanged && (
              <StateBadge plain tone="warn" title={words.unsavedKept}>
                {words.unsaved}
              </StateBadge>
            )
          )}
        </span>
        {state.isChanged && (
          <Button variant="subtle" color="gray" onClick={discard}>
            {words.discard}
          </Button>
        )}
        <ActionButton disabled={!isNew && !state.isChanged} onPress={save}>
          {isNew ? words.create : words.save}
        </ActionButton>
      </div>
    </footer>
  );
}
