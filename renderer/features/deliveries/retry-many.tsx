// Retry many: since when, how many that are, and the button that does it. For deliveries and for runs alike.
import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { Problem } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { type SinceChoice, sinceChoices, sinceOf } from './since.ts';

const words = text.deliveries;
const toldMs = 5000;

export interface RetryManyWords {
  retryMany: string;
  retryManyTitle: string;
  retryManyAbout: string;
  retryManyCount: (count: number) => string;
  retriedMany: (count: number) => string;
  notRetried: string;
}

interface RetryManyProps {
  words: RetryManyWords;
  /** How many would be retried, asked while the dialog is open; undefined while that is not known. A hook. */
  useCount: (since: string | undefined, isAsked: boolean) => number | undefined;
  /** The number that was retried, or undefined where it failed. */
  onRetry: (since: string | undefined) => Promise<number | undefined>;
  problem: Problem | undefined;
}

export function RetryMany(props: RetryManyProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {props.words.retryMany}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={props.words.retryManyTitle}
        closeButtonProps={{ 'aria-label': text.window.close }}
        centered
      >
        <RetryDialog {...props} onClose={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function RetryDialog({
  words: own,
  useCount,
  onRetry,
  problem,
  onClose,
}: RetryManyProps & { onClose: () => void }) {
  const [choice, setChoice] = useState<SinceChoice>('day');
  const [openedAt] = useState(() => Date.now());
  const [time, setTime] = useState('');
  const [running, setRunning] = useState(false);
  const since = sinceOf(choice, time, openedAt);
  const isTime = since !== 'invalid';
  const count = useCount(isTime ? since : undefined, isTime);

  async function run() {
    if (since === 'invalid') return;
    setRunning(true);
    const retried = await onRetry(since);
    setRunning(false);
    if (retried === undefined) return;
    notifications.show({ title: own.retriedMany(retried), message: '', autoClose: toldMs });
    onClose();
  }

  return (
    <Stack gap="md">
      <div>{own.retryManyAbout}</div>
      <NativeSelect
        label={words.since}
        value={choice}
        data={sinceChoices.map((value) => ({ value, label: words.sinceChoices[value] }))}
        onChange={(event) =>
          setChoice(sinceChoices.find((each) => each === event.currentTarget.value) ?? 'day')
        }
        data-autofocus
      />
      {choice === 'time' && (
        <TextInput
          type="datetime-local"
          label={words.sinceTime}
          value={time}
          error={time !== '' && since === 'invalid' ? words.sinceInvalid : undefined}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
      )}
      {problem && <ProblemNotice {...problemWords(problem, own.notRetried)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {words.cancelDialog}
        </Button>
        <Button
          loading={running || (isTime && count === undefined)}
          disabled={!isTime || count === 0}
          onClick={() => void run()}
        >
          {own.retryManyCount(isTime ? (count ?? 0) : 0)}
        </Button>
      </Group>
    </Stack>
  );
}
