// Keeps a capture as a sample under a name.
import { Button, Popover, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';

export function SaveAsSample({ captureId }: { captureId: string }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const save = useAction('samples.save');
  const words = text.samples;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBookmarkPlus size={14} aria-hidden />}
          onClick={() => setOpened((before) => !before)}
        >
          {words.saveAs}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={async (event) => {
            event.preventDefault();
            if (!(await save.run({ captureId, name }))) return;
            setOpened(false);
            notifications.show({
              title: words.saved(name),
              message: '',
              autoClose: 4000,
              withBorder: true,
              closeButtonProps: { 'aria-label': text.window.close },
            });
          }}
        >
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
      </Popover.Dropdown>
    </Popover>
  );
}
