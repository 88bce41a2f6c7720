// Shown when one wants to go on and nothing can be mapped: what was seen instead, and what can be done about it.
import { Button } from '@mantine/core';
import type { Connection } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { rejectionWords } from '../captures/rejection-words.ts';
import classes from './set-up-window.module.css';
import { SendTest } from './try-a-call.tsx';
import type { Seen } from './what-was-seen.ts';

interface NothingUsableProps {
  seen: Exclude<Seen, { kind: 'usable' }>;
  dataSourceId: string;
  connection: Connection | undefined;
  onGoOn: () => void;
}

export function NothingUsable({ seen, dataSourceId, connection, onGoOn }: NothingUsableProps) {
  const words = text.setUp.seen[seen.kind];
  const reason =
    seen.kind === 'rejected' && seen.last?.rejection ? rejectionWords(seen.last.rejection) : undefined;
  const isLocal = connection?.reach === 'computer';
  return (
    <ProblemNotice
      tone="warn"
      what={words.what}
      why={reason ?? words.why}
      toDo={isLocal && seen.kind === 'nothing' ? text.setUp.seen.localToDo : words.toDo}
    >
      <div className={classes.choices}>
        <SendTest dataSourceId={dataSourceId} />
        <Button variant="subtle" onClick={onGoOn}>
          {text.setUp.goOnAnyway}
        </Button>
      </div>
    </ProblemNotice>
  );
}
