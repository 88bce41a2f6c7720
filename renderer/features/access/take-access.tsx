// The question before access is taken away: which modules stop.
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { Problem, SolutionAccess } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import classes from './solutions-access.module.css';

const words = text.access;

interface TakeAccessProps {
  row: SolutionAccess;
  problem: Problem | undefined;
  running: boolean;
  onClose: () => void;
  onTake: () => Promise<void>;
}

export function TakeAccess({ row, problem, running, onClose, onTake }: TakeAccessProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.takeTitle(row.solutionName)}
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      <Stack gap="lg">
        <div>
          <p className={classes.question}>{words.takeWords(row.modules.length)}</p>
          <ul className={classes.stopping}>
            {row.modules.map((module) => (
              <li key={module.id} className={classes.stoppingModule}>
                <span className={classes.stoppingName}>{module.name}</span>
                <StateBadge tone={module.enabled ? 'good' : 'idle'} plain>
                  {module.enabled ? words.isOn : words.isOff}
                </StateBadge>
              </li>
            ))}
          </ul>
          <p className={classes.about}>{words.takeAbout}</p>
        </div>
        {problem && <ProblemNotice {...problemWords(problem, words.notChanged)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button loading={running} onClick={() => void onTake()}>
            {words.take}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
