// One line above the mapping: whether calls are checked, and the way to the whole of it, for every connection of the source.
import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Connection } from '#contract';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { VerificationOf } from './connection-choice.tsx';
import { useVerification } from './use-verification.ts';
import classes from './verification-bar.module.css';
import { stateLooks } from './verification-tones.ts';

const words = text.verification;

interface VerificationBarProps {
  connections: readonly Connection[];
  /** Further buttons of the line. */
  children?: ReactNode;
}

export function VerificationBar({ connections, children }: VerificationBarProps) {
  const [open, setOpen] = useState(false);
  const [first] = connections;
  if (!first) return null;
  return (
    <section className={classes.bar} aria-label={words.title}>
      <h2 className={classes.title}>{words.title}</h2>
      {connections.length === 1 ? (
        <OneState connectionId={first.id} />
      ) : (
        <ul className={classes.states}>
          {connections.map(({ id, name }) => (
            <li key={id} className={classes.state}>
              <span className={classes.connection} title={name}>
                {name}
              </span>
              <StateOf connectionId={id} />
            </li>
          ))}
        </ul>
      )}
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {words.manage}
      </Button>
      {children}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={words.title}
        centered
        closeButtonProps={{ 'aria-label': text.window.close }}
        // The head of a dialog is no banner of the page.
        attributes={{ header: { role: 'presentation' } }}
      >
        <VerificationOf connections={connections} headless />
      </Modal>
    </section>
  );
}

function StateOf({ connectionId }: { connectionId: string }) {
  const { verification } = useVerification(connectionId);
  if (!verification) return null;
  return (
    <StateBadge {...stateLooks[verification.state]} plain>
      {words.states[verification.state]}
    </StateBadge>
  );
}

function OneState({ connectionId }: { connectionId: string }) {
  const { verification } = useVerification(connectionId);
  return (
    <>
      <StateOf connectionId={connectionId} />
      <span className={classes.words}>{verification && words.short[verification.state]}</span>
    </>
  );
}
