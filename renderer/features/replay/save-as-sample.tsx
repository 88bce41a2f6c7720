// Keeps a capture as a sample under a name.
import { Button, Popover, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

export function SaveAsSample({ captureId }: { captureId: string }) {
  // The button stays while another call takes the place of this one; a form belongs to the call that it was opened for.
  const [openFor, setOpenFor] = useState<string>();
  const isOpen = openFor === captureId;
  return (
    <Popover
      opened={isOpen}
      onChange={(opens) => setOpenFor(opens ? captureId : undefined)}
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBookmarkPlus size={14} aria-hidden />}
          onClick={() => setOpenFor(isOpen ? undefined : captureId)}
        >
          {text.samples.saveAs}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <NameForm
          key={captureId}
          captureId={captureId}
          onDone={() => setOpenFor((now) => (now === captureId ? undefined : now))}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function NameForm({ captureId, onDone }: { captureId: string; onDone: () => void }) {
  const [name, setName] = useState('');
  const save = useAction('samples.save');
  const words = text.samples;

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!(await save.run({ captureId, name }))) return;
    onDone();
    notifications.show({
      title: words.saved(name),
      message: '',
      autoClose: 4000,
      withBorder: true,
      closeButtonProps: { 'aria-label': text.window.close },
    });
  }

  return (
    <form onSubmit={(event) => void onSubmit(event)}>
      <Stack gap="xs">
        <TextInput
          label={words.name}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {save.problem && <ProblemNotice {...problemWords(save.problem, words.notSaved)} />}
        <Button type="submit" size="xs" loading={save.running} disabled={name.trim() === ''}>
          {words.save}
        </Button>
      </Stack>
    </form>
  );
}
