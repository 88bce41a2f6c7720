// A new solution, made from where its access is switched.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

const words = text.access;

interface CreateSolutionProps {
  opened: boolean;
  onClose: () => void;
  onCreated: (solutionId: string) => void;
}

export function CreateSolution(props: CreateSolutionProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words.createTitle}
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      {props.opened && <CreateForm {...props} />}
    </Modal>
  );
}

function CreateForm({ onClose, onCreated }: CreateSolutionProps) {
  const [name, setName] = useState('');
  const create = useAction('solutions.create');
  const atName = problemAt(create.problem, 'name');

  async function submit() {
    if (name.trim() === '') return;
    const answer = await create.run({ name: name.trim() });
    if (answer) onCreated(answer.solution.id);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="lg">
        <TextInput
          label={words.name}
          description={words.createAbout}
          placeholder={words.namePlaceholder}
          value={name}
          error={atName}
          maxLength={120}
          autoComplete="off"
          data-autofocus
          onChange={(event) => {
            setName(event.currentTarget.value);
            create.clear();
          }}
        />
        {create.problem && atName === undefined && (
          <ProblemNotice {...problemWords(create.problem, words.notCreated)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={create.running} disabled={name.trim() === ''}>
            {words.createAction}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
