// Which data sources a solution may use: a switch for each. Taking one away first says which modules it stops.
import { Button, Skeleton, Switch } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { SourceAccess } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './solutions.module.css';

const words = text.solutions;

export function SolutionSources({ solutionId }: { solutionId: string }) {
  const [, navigate] = useLocation();
  const { data, problem, refetch, loading } = useCall('solutions.access', { id: solutionId });
  useEvent('solutions.changed', refetch);
  useEvent('modules.changed', refetch);
  useEvent('dataSources.changed', refetch);
  if (problem && !data) {
    return (
      <div className={classes.padded}>
        <ProblemNotice
          {...problemWords(problem, words.sourcesFailed)}
          action={{ label: text.problems.tryAgain, onPress: refetch, busy: loading }}
        />
      </div>
    );
  }
  if (data?.access.length === 0) {
    return (
      <EmptyState
        icon={IconPlugConnected}
        title={words.noSourcesTitle}
        action={<Button onClick={() => navigate(paths.enterpriseComponents)}>{words.openSources}</Button>}
      >
        {words.noSourcesAbout}
      </EmptyState>
    );
  }
  return (
    <div className={classes.sources}>
      <p className={classes.about}>{words.sourcesAbout}</p>
      {data ? (
        <ul className={classes.sourceList} aria-label={words.sourcesList}>
          {data.access.map((access) => (
            <SourceRow
              key={access.dataSourceId}
              solutionId={solutionId}
              access={access}
              onChanged={refetch}
            />
          ))}
        </ul>
      ) : (
        <Skeleton height={120} />
      )}
    </div>
  );
}

interface SourceRowProps {
  solutionId: string;
  access: SourceAccess;
  onChanged: () => void;
}

function SourceRow({ solutionId, access, onChanged }: SourceRowProps) {
  const set = useAction('dataSources.setAccess');
  const [isAsked, setAsked] = useState(false);
  const { dataSourceId, dataSourceName, allowed, modules } = access;
  const stopped = modules.filter(({ enabled }) => enabled);

  async function run(next: boolean) {
    setAsked(false);
    if (await set.run({ id: dataSourceId, solutionId, allowed: next })) onChanged();
  }

  return (
    <li className={classes.source}>
      <div className={classes.sourceLine}>
        <Switch
          size="sm"
          aria-label={words.mayUse(dataSourceName)}
          checked={allowed}
          disabled={set.running}
          onChange={(event) => {
            const next = event.currentTarget.checked;
            if (!next && stopped.length > 0) setAsked(true);
            else void run(next);
          }}
        />
        <Link className={classes.sourceName} href={paths.dataSource(dataSourceId)}>
          <MiddleEllipsis>{dataSourceName}</MiddleEllipsis>
        </Link>
        <span className={classes.muted}>{words.usedBy(modules.length)}</span>
      </div>
      {isAsked && (
        <ProblemNotice
          tone="warn"
          what={words.stops(stopped.length)}
          why={words.stopsAbout(stopped.map(({ name }) => name).join(', '))}
        >
          <div className={classes.buttons}>
            <Button size="xs" variant="default" onClick={() => void run(false)}>
              {words.takeAway}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setAsked(false)}>
              {words.cancel}
            </Button>
          </div>
        </ProblemNotice>
      )}
      {set.problem && <ProblemNotice {...problemWords(set.problem, words.accessNotChanged)} />}
    </li>
  );
}
