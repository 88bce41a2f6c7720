// "Solutions Access": a switch for each solution. Taking access away first shows which modules it stops.
import { Button, Skeleton, Switch } from '@mantine/core';
import { IconPlus, IconPuzzle } from '@tabler/icons-react';
import { useState } from 'react';
import type { DataSource, SolutionAccess } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { CreateSolution } from './create-solution.tsx';
import classes from './solutions-access.module.css';
import { TakeAccess } from './take-access.tsx';

const words = text.access;

export function SolutionsAccess({ source }: { source: DataSource }) {
  const { data, problem, loading, refetch } = useCall('dataSources.access', { id: source.id });
  useEvent('solutions.changed', refetch);
  useEvent('modules.changed', refetch);
  const change = useAction('dataSources.setAccess');
  const [taking, setTaking] = useState<SolutionAccess>();
  const [creating, setCreating] = useState(false);
  const [pending, setPending] = useState<string>();
  const access = data?.access;

  async function set(solutionId: string, allowed: boolean): Promise<boolean> {
    setPending(solutionId);
    const answer = await change.run({ id: source.id, solutionId, allowed });
    setPending(undefined);
    if (answer) refetch();
    return answer !== undefined;
  }

  const createButton = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      variant={access?.length === 0 ? 'filled' : 'default'}
      onClick={() => setCreating(true)}
    >
      {words.create}
    </Button>
  );
  return (
    <div className={classes.section}>
      {access?.length !== 0 && (
        <div className={classes.head}>
          <p className={classes.about}>{words.about}</p>
          {createButton}
        </div>
      )}
      {problem && !access && (
        <ProblemNotice
          {...problemWords(problem, words.notRead)}
          action={{ label: text.problems.tryAgain, onPress: refetch, busy: loading }}
        />
      )}
      {change.problem && !taking && <ProblemNotice {...problemWords(change.problem, words.notChanged)} />}
      {!access && !problem && [1, 2].map((row) => <Skeleton key={row} className={classes.skeleton} />)}
      {access?.length === 0 && (
        <EmptyState icon={IconPuzzle} title={words.emptyTitle} action={createButton}>
          {words.empty}
        </EmptyState>
      )}
      {access && access.length > 0 && (
        <ul className={classes.list} aria-label={words.list}>
          {access.map((row) => (
            <AccessRow
              key={row.solutionId}
              row={row}
              isPending={pending === row.solutionId}
              onSet={(allowed) => {
                change.clear();
                if (!allowed && row.modules.length > 0) setTaking(row);
                else void set(row.solutionId, allowed);
              }}
            />
          ))}
        </ul>
      )}
      {taking && (
        <TakeAccess
          row={taking}
          problem={change.problem}
          running={change.running}
          onClose={() => setTaking(undefined)}
          onTake={async () => {
            if (await set(taking.solutionId, false)) setTaking(undefined);
          }}
        />
      )}
      <CreateSolution
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(solutionId) => {
          setCreating(false);
          void set(solutionId, true);
        }}
      />
    </div>
  );
}

interface AccessRowProps {
  row: SolutionAccess;
  isPending: boolean;
  onSet: (allowed: boolean) => void;
}

function AccessRow({ row, isPending, onSet }: AccessRowProps) {
  const enabled = row.modules.filter((module) => module.enabled).length;
  const isBlocking = !row.allowed && row.modules.length > 0;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <h2 className={classes.name}>
          <MiddleEllipsis>{row.solutionName}</MiddleEllipsis>
        </h2>
        <p className={classes.modules} data-blocked={isBlocking || undefined}>
          {isBlocking ? words.blocked(row.modules.length) : words.modules(row.modules.length, enabled)}
        </p>
      </div>
      <Switch
        aria-label={words.switch(row.solutionName)}
        checked={row.allowed}
        disabled={isPending}
        onChange={(event) => onSet(event.currentTarget.checked)}
      />
    </li>
  );
}
