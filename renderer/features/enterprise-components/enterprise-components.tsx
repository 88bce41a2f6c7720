// The list of connected data sources: search, filter by status, live; the first steps where there is none yet.

import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { DataSource, DataSourceStatus } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { homeOf } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { countOf, formatCount } from '../../design/formats.ts';
import { PageHeader } from '../../design/page-header.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { ImportSource } from '../transfer/import-source.tsx';
import { AddressCardsNotice } from '../tunnel/address-cards.tsx';
import { dataSourceColumns } from './data-source-columns.tsx';
import styles from './enterprise-components.module.css';
import { FirstSteps } from './first-steps.tsx';
import { sameNames } from './same-names.ts';
import { useModuleUsers } from './use-module-users.ts';

const words = text.enterpriseComponents;
const idOf = ({ id }: DataSource) => id;
const statuses = Object.entries(text.dataSourceStatus).map(([value, label]) => ({ value, label }));

export function EnterpriseComponents() {
  const [, navigate] = useLocation();
  const list = useCall('dataSources.list', {});
  useEvent('dataSources.changed', list.refetch);
  useEvent('captures.received', list.refetch);
  useEvent('items.changed', list.refetch);
  const users = useModuleUsers();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<DataSourceStatus>();
  const all = list.data?.dataSources;
  const columns = useMemo(() => dataSourceColumns(sameNames(all ?? []), users), [all, users]);
  const shown = useMemo(() => all && matching(all, search, status), [all, search, status]);

  function clearFilter() {
    setSearch('');
    setStatus(undefined);
  }

  if (all?.length === 0) return <FirstSteps />;

  return (
    <div className={styles.screen}>
      <PageHeader title={words.list} about={words.about} />
      <AddressCardsNotice />
      {list.problem && (
        <div className={styles.problem}>
          <ProblemNotice
            {...problemWords(list.problem, words.failed)}
            action={{ label: text.problems.tryAgain, onPress: list.refetch, busy: list.loading }}
          />
        </div>
      )}
      {(all || !list.problem) && (
        <>
          <div className={styles.tools}>
            <TextInput
              className={styles.search}
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
            <Select
              className={styles.filter}
              aria-label={words.filter}
              placeholder={words.filterAll}
              data={statuses}
              value={status ?? null}
              onChange={(value) => setStatus((value as DataSourceStatus | null) ?? undefined)}
              clearable
            />
            <span className={styles.count} role="status">
              {all && shown && countWords(shown.length, all.length)}
            </span>
            <ImportSource />
          </div>
          <VirtualTable
            label={words.list}
            rows={shown}
            columns={columns}
            rowKey={idOf}
            onOpen={(source) => navigate(homeOf(source))}
            empty={
              <EmptyState
                compact
                icon={IconSearchOff}
                title={words.noMatchTitle}
                action={
                  <Button variant="default" onClick={clearFilter}>
                    {words.clearFilter}
                  </Button>
                }
              >
                {words.noMatchAbout}
              </EmptyState>
            }
          />
        </>
      )}
    </div>
  );
}

function countWords(shown: number, all: number): string {
  const whole = countOf(all, words.one, words.many);
  return shown === all ? whole : words.countOf(formatCount(shown), whole);
}

function matching(all: readonly DataSource[], search: string, status: DataSourceStatus | undefined) {
  const wanted = search.trim().toLocaleLowerCase('en');
  return all.filter(
    (source) =>
      (status === undefined || source.status === status) &&
      `${source.name} ${source.applicationName ?? ''}`.toLocaleLowerCase('en').includes(wanted),
  );
}
