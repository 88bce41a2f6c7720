// "Actions" of a data source: the list, and the window of the one that the address names (`new` for one to be made).
import { Button } from '@mantine/core';
import { IconPlus, IconSend } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { DataSource } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { VirtualTable } from '../../design/virtual-table.tsx';
import { text } from '../../text/en.ts';
import { actionColumns } from './action-columns.tsx';
import { ActionWindow } from './action-window.tsx';
import classes from './actions.module.css';

const words = text.actions;
const isNew = 'new';

export function ActionsSection({ source, openId }: { source: DataSource; openId: string | undefined }) {
  const [, navigate] = useLocation();
  const { data, problem, loading, refetch } = useCall('actions.list', { dataSourceId: source.id });
  useEvent('actions.changed', ({ dataSourceId }) => {
    if (dataSourceId === source.id) refetch();
  });
  const actions = data?.actions;
  const opened = actions?.find(({ id }) => id === openId);
  const isMissing = openId !== undefined && openId !== isNew && actions !== undefined && !opened;
  const newButton = (
    <Button
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => navigate(paths.action(source.id, isNew))}
    >
      {words.new}
    </Button>
  );
  return (
    <div className={classes.section}>
      {actions?.length !== 0 && (
        <div className={classes.head}>
          <p className={classes.about}>{words.about}</p>
          {newButton}
        </div>
      )}
      {problem && (
        <div className={classes.notice}>
          <ProblemNotice
            {...problemWords(problem, words.notRead)}
            action={{ label: text.problems.tryAgain, onPress: refetch, busy: loading }}
          />
        </div>
      )}
      {isMissing && (
        <div className={classes.notice}>
          <ProblemNotice
            tone="warn"
            what={words.missing}
            why={words.missingWhy}
            action={{
              label: words.backToList,
              onPress: () => navigate(paths.dataSource(source.id, 'actions')),
            }}
          />
        </div>
      )}
      {(actions !== undefined || !problem) && (
        <VirtualTable
          label={words.list}
          rows={actions}
          columns={actionColumns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => navigate(paths.action(source.id, id))}
          empty={
            <EmptyState icon={IconSend} title={words.emptyTitle} action={newButton}>
              {words.empty}
            </EmptyState>
          }
        />
      )}
      {(opened || openId === isNew) && (
        <ActionWindow key={openId} source={source} action={openId === isNew ? undefined : opened} />
      )}
    </div>
  );
}
