// "Copy as": the call as a command or a few lines of a program.
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconChevronDown, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type CopyForm, copyForm } from '#contract';
import { text } from '../../text/en.ts';
import { useCopyAs } from './use-copy-as.ts';

const words = text.captures.copyAs;
const shownMs = 1600;

export function CopyMenu({ captureId }: { captureId: string }) {
  const copyAs = useCopyAs();
  // Of the call that was copied: the menu stays while another call takes its place.
  const [last, setLast] = useState<{ of: string; state: 'ready' | 'busy' | 'done' }>();
  const state = last?.of === captureId ? last.state : 'ready';
  const setState = (next: 'ready' | 'busy' | 'done') => setLast({ of: captureId, state: next });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(form: CopyForm) {
    setState('busy');
    const copied = await copyAs(captureId, form);
    setState(copied.ok ? 'done' : 'ready');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('ready'), shownMs);
    if (!copied.ok)
      notifications.show({
        title: text.captures.notCopied,
        message: copied.why,
        color: 'red',
        withBorder: true,
      });
    else {
      if (copied.masked.length > 0)
        notifications.show({ title: words.masked, message: copied.masked.join(', '), withBorder: true });
      if (copied.file !== undefined)
        notifications.show({ message: words.saved(copied.file), withBorder: true });
      if (copied.bodyFile !== undefined)
        notifications.show({ message: words.bodySaved(copied.bodyFile), withBorder: true });
    }
  }

  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          loading={state === 'busy'}
          leftSection={
            state === 'done' ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />
          }
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {state === 'done' ? text.copy.copied : words.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {copyForm.options.map((form) => (
          <Menu.Item key={form} onClick={() => void copy(form)}>
            {words.forms[form]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
