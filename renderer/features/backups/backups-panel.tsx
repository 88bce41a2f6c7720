// Backups of the store: whether they are made by themselves, which are there, one made now, and how one is put back.
import { Button, NumberInput, Progress, Skeleton, Switch } from '@mantine/core';
import { useId, useState } from 'react';
import type { Backup, BackupSettings, BackupState, CallOutput } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { CodeLine } from '../../design/code-line.tsx';
import { formatAbsolute, formatBytes } from '../../design/formats.ts';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import classes from './backups-panel.module.css';

const words = text.backups;

interface BackupsPanelProps {
  settings: BackupSettings;
  onSaved: () => void;
}

export function BackupsPanel({ settings, onSaved }: BackupsPanelProps) {
  const { data, problem, refetch } = useCall('backups.list', {});
  useEvent('backups.changed', refetch);
  return (
    <Panel title={words.title}>
      <p className={classes.about}>{words.about}</p>
      <Rules settings={settings} onSaved={onSaved} />
      {data ? (
        <Made list={data} isDaily={settings.daily} />
      ) : problem ? (
        <ProblemNotice
          {...problemWords(problem, words.notRead)}
          action={{ label: text.problems.tryAgain, onPress: refetch }}
        />
      ) : (
        <Skeleton className={classes.skeleton} />
      )}
    </Panel>
  );
}

function Rules({ settings, onSaved }: BackupsPanelProps) {
  const update = useAction('settings.update');
  const keepId = useId();
  /** The switch moves at once. Where the saved value is still the one it was moved from, the new one is on its way. */
  const [moved, setMoved] = useState<{ from: boolean }>();
  const keepFault = problemAt(update.problem, 'backups.keep');

  async function save(change: Partial<BackupSettings>) {
    if (change.daily !== undefined) setMoved({ from: settings.daily });
    if (await update.run({ backups: change })) onSaved();
    else setMoved(undefined);
  }

  return (
    <div className={classes.rules}>
      <Switch
        label={words.daily}
        checked={moved?.from === settings.daily ? !settings.daily : settings.daily}
        onChange={(event) => void save({ daily: event.currentTarget.checked })}
      />
      <div className={classes.keep}>
        <label htmlFor={keepId}>{words.keep}</label>
        <NumberInput
          id={keepId}
          className={classes.number}
          // What is saved elsewhere shows here, too.
          key={settings.keep}
          defaultValue={settings.keep}
          min={1}
          max={30}
          allowDecimal={false}
          clampBehavior="strict"
          error={keepFault}
          onValueChange={({ floatValue }) => {
            if (floatValue !== undefined && floatValue !== settings.keep) void save({ keep: floatValue });
          }}
        />
      </div>
      {update.problem && keepFault === undefined && (
        <ProblemNotice {...problemWords(update.problem, words.notChanged)} />
      )}
    </div>
  );
}

function Made({ list, isDaily }: { list: CallOutput<'backups.list'>; isDaily: boolean }) {
  const { backups, folder, now } = list;
  const [newest] = backups;
  return (
    <div className={classes.made}>
      <Now now={now} />
      {newest ? (
        <>
          <ul className={classes.list} aria-label={words.list}>
            {backups.map((backup) => (
              <Row key={backup.name} backup={backup} />
            ))}
          </ul>
          <p className={classes.hint}>{words.restore}</p>
          <CodeLine value={words.flag(newest.name)} copyLabel={words.copyFlag} />
          <p className={classes.hint}>{words.folder}</p>
          <CodeLine value={folder} copyLabel={words.copyFolder} />
        </>
      ) : (
        <p className={classes.hint}>{isDaily ? words.none : words.noneOff}</p>
      )}
    </div>
  );
}

function Now({ now }: { now: BackupState }) {
  const make = useAction('backups.make');
  const cancel = useAction('backups.cancel');
  const problem = make.problem ?? cancel.problem;
  return (
    <>
      {now.state === 'running' ? (
        <div className={classes.running}>
          <Progress
            className={classes.bar}
            value={now.share * 100}
            aria-label={words.making}
            animated
            striped
          />
          <Button size="xs" variant="default" loading={cancel.running} onClick={() => void cancel.run({})}>
            {words.cancel}
          </Button>
        </div>
      ) : (
        <div>
          <Button variant="default" loading={make.running} onClick={() => void make.run({})}>
            {words.make}
          </Button>
        </div>
      )}
      {problem && <ProblemNotice {...problemWords(problem, words.notMade)} />}
      {now.state === 'failed' && !problem && (
        <ProblemNotice tone="warn" what={words.failed} why={now.reason} />
      )}
    </>
  );
}

function Row({ backup: { at, bytes, beforeUpdate } }: { backup: Backup }) {
  return (
    <li className={classes.row}>
      <span className={classes.time}>{formatAbsolute(new Date(at))}</span>
      <span className={classes.facts}>
        <RelativeTime at={at} />
        {beforeUpdate && `, ${words.beforeUpdate}`}
      </span>
      <span className={classes.size}>{formatBytes(bytes)}</span>
    </li>
  );
}
