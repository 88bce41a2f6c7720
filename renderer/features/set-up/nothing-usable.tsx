// Shown when one wants to go on and nothing can be mapped: what was seen instead, and what can be done about it.
import { Button } from '@mantine/core';
import type { Connection } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { rejectionWords } from '../captures/rejection-words.ts';
import { useHandshakeNote } from './handshake-note.tsx';
import classes from './set-up-window.module.css';
import type { Seen } from './what-was-seen.ts';

interface NothingUsableProps {
  seen: Exclude<Seen, { kind: 'usable' }>;
  connection: Connection | undefined;
  onGoOn: () => void;
}

export function NothingUsable({ seen, connection, onGoOn }: NothingUsableProps) {
  const refused = seen.kind === 'handshakeOnly' ? seen.refused : undefined;
  const note = useHandshakeNote(refused?.id);
  const words = refused ? text.setUp.seen.handshakeRefused : text.setUp.seen[seen.kind];
  const reason =
    seen.kind === 'rejected' && seen.last?.rejection ? rejectionWords(seen.last.rejection) : note;
  const isLocal = connection !== undefined && connection.publicUrl === undefined;
  return (
    <ProblemNotice
      tone="warn"
      what={words.what}
      why={reason ?? words.why}
      toDo={isLocal && seen.kind === 'nothing' ? text.setUp.seen.localToDo : words.toDo}
    >
      <div className={classes.choices}>
        <Button variant="default" size="xs" onClick={onGoOn}>
          {text.setUp.goOnAnyway}
        </Button>
      </div>
    </ProblemNotice>
  );
}
