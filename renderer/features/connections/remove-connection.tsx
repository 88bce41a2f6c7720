// Removing a connection cannot be undone, so the question names what goes.
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { Connection } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import care from '../data-source/care.module.css';

const words = text.connections;

interface RemoveConnectionProps {
  connection: Connection;
  isManual: boolean;
  opened: boolean;
  onClose: () => void;
}

export function RemoveConnection({ connection, isManual, opened, onClose }: RemoveConnectionProps) {
  const remove = useAction('connections.remove');

  async function run() {
    if (await remove.run({ id: connection.id })) onClose();
  }

  return (
    <Modal
      opened={opened}
      onClose={() => {
        remove.clear();
        onClose();
      }}
      title={words.removeTitle(connection.name)}
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      <Stack gap="lg">
        <p className={care.words}>{isManual ? words.removeWordsManual : words.removeWords}</p>
        {remove.problem && <ProblemNotice {...problemWords(remove.problem, words.notRemoved)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button className={care.danger} loading={remove.running} onClick={() => void run()}>
            {words.remove}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
