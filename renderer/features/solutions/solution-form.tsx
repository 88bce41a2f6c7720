// Name and description of a solution: for a new one, and to change them later.
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Solution } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

const words = text.solutions;

interface SolutionFormProps {
  /** Absent: a new one. */
  solution?: Solution;
  opened: boolean;
  onClose: () => void;
  onSaved: (solution: Solution) => void;
}

export function SolutionForm(props: SolutionFormProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.solution ? words.editTitle : words.newSolution}
      closeButtonProps={{ 'aria-label': text.window.close }}
      centered
    >
      <Fields {...props} />
    </Modal>
  );
}

function Fields({ solution, onClose, onSaved }: SolutionFormProps) {
  const [name, setName] = useState(solution?.name ?? '');
  const [description, setDescription] = useState(solution?.description ?? '');
  const [isAsked, setAsked] = useState(false);
  const create = useAction('solutions.create');
  const update = useAction('solutions.update');
  const problem = create.problem ?? update.problem;
  const isMissing = name.trim() === '';
  const inName = problemAt(problem, 'name');

  async function save() {
    setAsked(true);
    if (isMissing) return;
    const answer = solution
      ? await update.run({ id: solution.id, name, description })
      : await create.run({ name, description });
    if (answer) onSaved(answer.solution);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="lg">
        <TextInput
          label={words.name}
          value={name}
          maxLength={120}
          error={isAsked && isMissing ? words.nameMissing : inName}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={words.description}
          description={words.descriptionAbout}
          value={description}
          maxLength={500}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {problem && !inName && (
          <ProblemNotice {...problemWords(problem, solution ? words.notSaved : words.notCreated)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={create.running || update.running}>
            {solution ? words.save : words.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
