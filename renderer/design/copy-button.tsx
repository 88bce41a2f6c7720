// Copies a text and says so, on the button itself and to screen readers.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { text } from '../text/en.ts';

const shownMs = 1600;

/** `label` names what is copied ("Copy webhook URL"). With `showLabel` it is a button with words, else an icon. */
export function CopyButton({
  value,
  label,
  showLabel = false,
  primary = false,
}: {
  value: string;
  label: string;
  showLabel?: boolean;
  primary?: boolean;
}) {
  // What was said of another value is not said of this one.
  const [last, setLast] = useState<{ of: string; state: 'copied' | 'failed' }>();
  const state = last?.of === value ? last.state : 'ready';
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy() {
    clearTimeout(timer.current);
    try {
      await navigator.clipboard.writeText(value);
      setLast({ of: value, state: 'copied' });
    } catch {
      // The browser refuses where the page is not focused or not trusted; the words tell how to copy by hand.
      setLast({ of: value, state: 'failed' });
    }
    timer.current = setTimeout(() => setLast(undefined), shownMs);
  }

  const words = state === 'copied' ? text.copy.copied : state === 'failed' ? text.copy.failed : label;
  const icon =
    state === 'copied' ? (
      <IconCheck size={16} aria-hidden />
    ) : state === 'failed' ? (
      <IconAlertTriangle size={16} aria-hidden />
    ) : (
      <IconCopy size={16} aria-hidden />
    );
  const announced = (
    <span role="status" className="visually-hidden">
      {state === 'ready' ? '' : words}
    </span>
  );

  if (showLabel) {
    return (
      <>
        <Button variant={primary ? 'filled' : 'default'} leftSection={icon} onClick={() => void copy()}>
          {words}
        </Button>
        {announced}
      </>
    );
  }
  return (
    <>
      <Tooltip label={words} opened={state === 'ready' ? undefined : true}>
        <ActionIcon size="sm" aria-label={label} onClick={() => void copy()}>
          {icon}
        </ActionIcon>
      </Tooltip>
      {announced}
    </>
  );
}
