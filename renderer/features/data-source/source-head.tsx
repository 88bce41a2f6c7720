// The head of the screen: icon, the name that can be changed in place, the status.
import { ActionIcon, Skeleton, TextInput, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Application, DataSource, DataSourceStatus } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { StateBadge, type StateTone } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { SourceActions } from './source-actions.tsx';
import classes from './source-head.module.css';

const tones: Record<DataSourceStatus, StateTone> = {
  waitingForFirstCall: 'busy',
  needsMapping: 'warn',
  listening: 'good',
  ready: 'good',
  errors: 'bad',
  paused: 'paused',
};

interface SourceHeadProps {
  source: DataSource | undefined;
  application: Application | undefined;
  onRenamed: () => void;
}

export function SourceHead({ source, application, onRenamed }: SourceHeadProps) {
  if (!source) {
    return (
      <header className={classes.head}>
        <Skeleton className={classes.mark} circle />
        <Skeleton className={classes.name} w="30%" />
      </header>
    );
  }
  return (
    <header className={classes.head}>
      <BrandIcon icon={source.icon} name={source.applicationName ?? source.name} size={24} />
      <Name source={source} onRenamed={onRenamed} />
      <StateBadge tone={tones[source.status]}>{text.dataSourceStatus[source.status]}</StateBadge>
      <SourceActions source={source} application={application} />
    </header>
  );
}

function Name({ source, onRenamed }: { source: DataSource; onRenamed: () => void }) {
  const [edited, setEdited] = useState<string>();
  const rename = useAction('dataSources.rename');
  const pencil = useRef<HTMLButtonElement>(null);

  function stop() {
    rename.clear();
    setEdited(undefined);
    requestAnimationFrame(() => pencil.current?.focus());
  }

  async function finish() {
    const name = edited?.trim();
    if (name === undefined || name === '' || rename.running) return;
    if (name === source.name) {
      stop();
      return;
    }
    const answer = await rename.run({ id: source.id, name });
    if (!answer) return;
    onRenamed();
    stop();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') void finish();
    if (event.key === 'Escape') stop();
  }

  if (edited !== undefined) {
    return (
      <TextInput
        className={classes.input}
        aria-label={text.dataSource.name}
        value={edited}
        autoFocus
        maxLength={120}
        error={edited.trim() === '' ? text.newDataSource.nameMissing : rename.problem?.message}
        disabled={rename.running}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setEdited(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => void finish()}
      />
    );
  }
  return (
    <>
      <h1 className={classes.title}>
        <MiddleEllipsis>{source.name}</MiddleEllipsis>
      </h1>
      <Tooltip label={text.dataSource.rename}>
        <ActionIcon
          ref={pencil}
          size="sm"
          aria-label={text.dataSource.rename}
          onClick={() => setEdited(source.name)}
        >
          <IconPencil size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
