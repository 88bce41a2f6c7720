// A button that shows that it works: a spinner while its promise runs (no second press), a tick when it went well.
import { Button, type ButtonProps } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';

const tickMs = 1200;

/** `onPress` answers with false where it failed, so that no tick is shown; the caller shows the problem. */
export function ActionButton({
  onPress,
  children,
  leftSection,
  tick = true,
  ...button
}: ButtonProps & {
  onPress: () => Promise<unknown>;
  children: ReactNode;
  tick?: boolean;
  type?: 'button' | 'submit';
  autoFocus?: boolean;
}) {
  const [phase, setPhase] = useState<'ready' | 'running' | 'done'>('ready');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function press() {
    if (phase === 'running') return;
    clearTimeout(timer.current);
    setPhase('running');
    let went: unknown = false;
    try {
      went = await onPress();
    } finally {
      setPhase(went !== false && tick ? 'done' : 'ready');
    }
    if (went !== false && tick) timer.current = setTimeout(() => setPhase('ready'), tickMs);
  }

  return (
    <Button
      {...button}
      loading={phase === 'running' || button.loading}
      leftSection={phase === 'done' ? <IconCheck size={16} aria-hidden /> : leftSection}
      onClick={() => void press()}
    >
      {children}
    </Button>
  );
}
