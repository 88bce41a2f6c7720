// The question of a window that would lose what was typed: stay, or close anyway.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { text } from '../text/en.ts';

const words = text.window;

interface CloseQuestionProps {
  opened: boolean;
  /** What is lost, in one sentence. */
  why: string;
  onStay: () => void;
  onClose: () => void;
}

export function CloseQuestion({ opened, why, onStay, onClose }: CloseQuestionProps) {
  return (
    <Modal
      opened={opened}
      onClose={onStay}
      title={words.closeQuestion}
      centered
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack gap="lg">
        <div>{why}</div>
        <Group gap="xs">
          <Button data-autofocus onClick={onStay}>
            {words.stay}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.closeAnyway}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
