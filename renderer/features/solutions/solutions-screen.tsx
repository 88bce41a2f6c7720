// The list of solutions: search, counts, a new one.
import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconPlus, IconPuzzle, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Solution } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { formatCount } from '../../design/formats.ts';
import { MiddleEllipsis } from '../../design/middle-ellipsis.tsx';
import { PageHeader } from '../../design/page-header.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { type VirtualColumn, VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { SolutionForm } from './solution-form.tsx';
import classes from './solutions.module.css';

const words = text.solutions;

const columns: VirtualColumn<Solution>[] = [
  {
    key: 'name',
    header: words.columns.name,
    width: 'minmax(0, 3fr)',
    sortValue: ({ name }) => name,
    cell: ({ name, description }) => (
      <span className={classes.name}>
        <span className={classes.nameWord}>
          <MiddleEllipsis>{name}</MiddleEllipsis>
        </span>
        {description !== '' && (
          <span className={classes.hint} title={description}>
            {description}
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'modules',
    header: words.columns.modules,
    width: '96px',
    align: 'end',
    sortValue: ({ counts }) => counts.modules,
    cell: ({ counts }) => formatCount(counts.modules),
  },
  {
    key: 'enabled',
    header: words.columns.enabled,
    width: '96px',
    align: 'end',
    hideBelow: 480,
    sortValue: ({ counts }) => counts.enabled,
    cell: ({ counts }) => formatCount(counts.enabled),
  },
  {
    key: 'dataSources',
    header: words.columns.dataSources,
    width: '120px',
    align: 'end',
    hideBelow: 600,
    sortValue: ({ counts }) => counts.dataSources,
    cell: ({ counts }) => formatCount(counts.dataSources),
  },
  {
    key: 'created',
    header: words.columns.created,
    width: '128px',
    align: 'end',
    hideBelow: 720,
    sortValue: ({ createdAt }) => Date.parse(createdAt),
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];

export function SolutionsScreen() {
  const [, navigate] = useLocation();
  const list = useCall('solutions.list', {});
  useEvent('solutions.changed', list.refetch);
  useEvent('modules.changed', list.refetch);
  const [search, setSearch] = useState('');
  const [isNew, setNew] = useState(false);
  const all = list.data?.solutions;
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return all?.filter(({ name }) => name.toLowerCase().includes(wanted));
  }, [all, search]);

  const newSolution = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setNew(true)}>
      {words.newSolution}
    </Button>
  );
  return (
    <div className={classes.screen}>
      <PageHeader
        title={words.title}
        about={words.about}
        action={all && all.length > 0 ? newSolution : undefined}
      />
      {list.problem && (
        <div className={classes.problem}>
          <ProblemNotice
            {...problemWords(list.problem, words.failed)}
            action={{ label: text.problems.tryAgain, onPress: list.refetch, busy: list.loading }}
          />
        </div>
      )}
      {all?.length === 0 ? (
        <EmptyState icon={IconPuzzle} title={words.emptyTitle} action={newSolution}>
          {words.emptyAbout}
        </EmptyState>
      ) : (
        (all || !list.problem) && (
          <>
            <div className={classes.tools}>
              <TextInput
                className={classes.search}
                type="search"
                aria-label={words.search}
                placeholder={words.search}
                leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
                rightSection={
                  search && (
                    <CloseButton size="sm" aria-label={words.clearSearch} onClick={() => setSearch('')} />
                  )
                }
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
              <span className={classes.count} role="status">
                {all && shown && words.count(shown.length, all.length)}
              </span>
            </div>
            <VirtualTable
              label={words.list}
              rows={shown}
              columns={columns}
              rowKey={({ id }) => id}
              onOpen={({ id }) => navigate(paths.solution(id))}
              empty={
                <EmptyState compact icon={IconSearchOff} title={words.noMatchTitle}>
                  {words.noMatchAbout}
                </EmptyState>
              }
            />
          </>
        )
      )}
      <SolutionForm
        opened={isNew}
        onClose={() => setNew(false)}
        onSaved={({ id }) => navigate(paths.solution(id))}
      />
    </div>
  );
}
