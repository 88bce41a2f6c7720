// One line above the mapping: whether calls are checked, and the way to the whole of it.
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { useVerification } from './use-verification.ts';
import classes from './verification-bar.module.css';
import { VerificationPanel } from './verification-panel.tsx';
import { stateLooks } from './verification-tones.ts';

const words = text.verification;

export function VerificationBar({ connectionId }: { connectionId: string }) {
  const { verification } = useVerification(connectionId);
  const [open, setOpen] = useState(false);
  if (!verification) return null;
  const { state, secrets } = verification;
  return (
    <section className={classes.bar} aria-label={words.title}>
      <h2 className={classes.title}>{words.title}</h2>
      <StateBadge {...stateLooks[state]} plain>
        {words.states[state]}
      </StateBadge>
      <span className={classes.words}>{words.short[state]}</span>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {secrets.length > 0 ? words.manage : words.setUp}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={words.title}
        centered
        closeButtonProps={{ 'aria-label': text.window.close }}
        // The head of a dialog is no banner of the page.
        attributes={{ header: { role: 'presentation' } }}
      >
        <VerificationPanel connectionId={connectionId} headless />
      </Modal>
    </section>
  );
}
