// "Paste a cURL command": reads it into the form and says what was left out.
import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CallOutput } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './actions.module.css';

const words = text.actions;

interface PasteCurlProps {
  dataSourceId: string;
  opened: boolean;
  onClose: () => void;
  onRead: (read: CallOutput<'actions.readCurl'>) => void;
}

export function PasteCurl(props: PasteCurlProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.curl}
      size="lg"
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      {props.opened && <CurlForm {...props} />}
    </Modal>
  );
}

function CurlForm({ dataSourceId, onClose, onRead }: PasteCurlProps) {
  const [command, setCommand] = useState('');
  const read = useAction('actions.readCurl');

  async function fill() {
    if (command.trim() === '') return;
    const answer = await read.run({ command, dataSourceId });
    if (answer) onRead(answer);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void fill();
      }}
    >
      <Stack gap="lg">
        <Textarea
          classNames={{ input: classes.mono }}
          label={words.curlLabel}
          description={words.curlAbout}
          placeholder={words.curlPlaceholder}
          value={command}
          rows={8}
          spellCheck={false}
          dir="ltr"
          data-autofocus
          onChange={(event) => {
            setCommand(event.currentTarget.value);
            read.clear();
          }}
        />
        {read.problem && <ProblemNotice {...problemWords(read.problem, words.notFilled)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={read.running} disabled={command.trim() === ''}>
            {words.curlFill}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
