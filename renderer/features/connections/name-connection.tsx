// Asks for the name of a connection: a new one, or another name for one that is there.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Connection, Problem } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

const words = text.connections;
const closeButton = { 'aria-label': text.window.close };

export function AddConnection({
  dataSourceId,
  opened,
  onClose,
  onAdded,
}: {
  dataSourceId: string;
  opened: boolean;
  onClose: () => void;
  onAdded: (connectionId: string) => void;
}) {
  const add = useAction('connections.add');
  return (
    <Modal opened={opened} onClose={onClose} title={words.addTitle} closeButtonProps={closeButton} centered>
      {opened && (
        <NameForm
          start=""
          action={words.addAction}
          what={words.notAdded}
          problem={add.problem}
          running={add.running}
          onCancel={onClose}
          onName={async (name) => {
            const answer = await add.run({ dataSourceId, name });
            if (answer) onAdded(answer.connectionId);
          }}
        />
      )}
    </Modal>
  );
}

export function RenameConnection({
  connection,
  opened,
  onClose,
}: {
  connection: Connection;
  opened: boolean;
  onClose: () => void;
}) {
  const rename = useAction('connections.rename');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.renameTitle}
      closeButtonProps={closeButton}
      centered
    >
      {opened && (
        <NameForm
          start={connection.name}
          action={words.rename}
          what={words.notRenamed}
          problem={rename.problem}
          running={rename.running}
          onCancel={onClose}
          onName={async (name) => {
            if (await rename.run({ id: connection.id, name })) onClose();
          }}
        />
      )}
    </Modal>
  );
}

interface NameFormProps {
  start: string;
  action: string;
  /** What did not happen, where it failed. */
  what: string;
  problem: Problem | undefined;
  running: boolean;
  onCancel: () => void;
  onName: (name: string) => Promise<void>;
}

function NameForm({ start, action, what, problem, running, onCancel, onName }: NameFormProps) {
  const [name, setName] = useState(start);
  const atName = problemAt(problem, 'name');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void onName(name.trim());
      }}
    >
      <Stack gap="lg">
        <TextInput
          label={words.name}
          placeholder={words.namePlaceholder}
          value={name}
          error={atName}
          maxLength={120}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {problem && atName === undefined && <ProblemNotice {...problemWords(problem, what)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={running} disabled={name.trim() === ''}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
