// The imports of a data source before this one, newest first: what came of each, its failed rows, and an end for those that are left over.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ImportRecord, ImportState } from '#contract';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge, type StateTone } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { FailedRows } from './failed-rows.tsx';
import classes from './import-history.module.css';

const words = text.imports;
const tones: Record<ImportState, StateTone> = {
  receiving: 'busy',
  checking: 'busy',
  ready: 'idle',
  refused: 'warn',
  applying: 'busy',
  adding: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

interface ImportHistoryProps {
  imports: readonly ImportRecord[];
  /** Undefined while another import is on the screen. */
  onTakeUp: ((record: ImportRecord) => void) | undefined;
  onEnd: (id: string) => void;
}

export function ImportHistory({ imports, onTakeUp, onEnd }: ImportHistoryProps) {
  const [opened, setOpened] = useState<string>();
  if (imports.length === 0) return null;
  return (
    <section className={classes.history} aria-label={words.history}>
      <h3 className={classes.title}>{words.history}</h3>
      <ul className={classes.list}>
        {imports.map((each) => (
          <li key={each.id} className={classes.entry}>
            <div className={classes.row}>
              <span className={classes.name}>
                <PayloadText text={each.fileName} />
              </span>
              <StateBadge tone={tones[each.state]} plain>
                {words.shortStates[each.state]}
              </StateBadge>
              <span className={classes.facts}>
                {each.state === 'done' ? words.done(each.rows, each.failed) : each.problem}
              </span>
              <span className={classes.time}>
                <RelativeTime at={each.endedAt ?? each.createdAt} />
              </span>
              <span className={classes.actions}>
                {each.state === 'done' && each.failed > 0 && (
                  <Button
                    size="xs"
                    variant="subtle"
                    aria-expanded={opened === each.id}
                    onClick={() => setOpened(opened === each.id ? undefined : each.id)}
                  >
                    {opened === each.id ? words.hideFaults : words.showFaults}
                  </Button>
                )}
                {(each.state === 'ready' || each.state === 'refused') && onTakeUp && (
                  <Button size="xs" variant="default" onClick={() => onTakeUp(each)}>
                    {words.takeUp}
                  </Button>
                )}
                {['receiving', 'checking', 'ready', 'refused', 'applying'].includes(each.state) && (
                  <Button size="xs" variant="default" onClick={() => onEnd(each.id)}>
                    {words.cancel}
                  </Button>
                )}
              </span>
            </div>
            {opened === each.id && <FailedRows importId={each.id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
