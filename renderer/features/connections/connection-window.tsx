// The set-up window of a connection: "Incoming Configuration" and "Outgoing Configuration". The tab stands in the address.
// Closing asks where something typed would be lost.
import { Tabs } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { Application, Connection, DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { BrandIcon } from '../../design/brand-icon.tsx';
import { CloseQuestion } from '../../design/close-question.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { TaskWindow } from '../../design/task-window.tsx';
import { text } from '../../text/en.ts';
import { WeakStoreNotice } from '../weak-store/weak-store-notice.tsx';
import classes from './connections.module.css';
import { IncomingTab } from './incoming-tab.tsx';
import { OutgoingFooter } from './outgoing-footer.tsx';
import { OutgoingTab } from './outgoing-tab.tsx';
import { useOutgoingForm } from './use-outgoing-form.ts';

const words = text.connections;

interface ConnectionWindowProps {
  source: DataSource;
  connection: Connection;
  application: Application | undefined;
}

export function ConnectionWindow({ source, connection, application }: ConnectionWindowProps) {
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const receives = source.entry !== 'manual';
  const tab = !receives || search.get('tab') === 'outgoing' ? 'outgoing' : 'incoming';
  const form = useOutgoingForm(connection.id);
  const [asking, setAsking] = useState(false);

  const leave = () => navigate(paths.dataSource(source.id, 'connections'));
  const title = connection.name === source.name ? source.name : `${source.name} · ${connection.name}`;

  return (
    <TaskWindow
      title={title}
      mark={<BrandIcon icon={source.icon} name={source.applicationName ?? source.name} />}
      onClose={() => (form.changed ? setAsking(true) : leave())}
      footer={tab === 'outgoing' && <OutgoingFooter form={form} />}
    >
      <Tabs
        className={classes.tabs}
        classNames={{ panel: classes.tabPanel, list: classes.tabList, tab: classes.tab }}
        value={tab}
        keepMounted={false}
        onChange={(value) => setSearch(value === 'outgoing' ? { tab: 'outgoing' } : {}, { replace: true })}
      >
        <Tabs.List>
          {receives && (
            <Tabs.Tab value="incoming" leftSection={<IconArrowDownLeft size={16} aria-hidden />}>
              {words.tabs.incoming}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="outgoing" leftSection={<IconArrowUpRight size={16} aria-hidden />}>
            {words.tabs.outgoing}
          </Tabs.Tab>
        </Tabs.List>
        {receives && (
          <Tabs.Panel value="incoming">
            <IncomingTab source={source} connection={connection} application={application} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="outgoing">
          <SaveProblem form={form} />
          <Consent form={form} />
          <OutgoingTab form={form} />
        </Tabs.Panel>
      </Tabs>
      <CloseQuestion
        opened={asking}
        why={words.closeWhy}
        onStay={() => setAsking(false)}
        onClose={() => {
          form.discard();
          leave();
        }}
      />
    </TaskWindow>
  );
}

/** Where it is seen at once, because Save waits for it. */
function Consent({ form }: { form: ReturnType<typeof useOutgoingForm> }) {
  if (!form.weakStore.isConcerned) return null;
  return (
    <div className={classes.notice} ref={(notice) => notice?.scrollIntoView({ block: 'nearest' })}>
      <WeakStoreNotice store={form.weakStore} />
    </div>
  );
}

/** Why it was not saved stands above the form, where it is seen at once. */
function SaveProblem({ form }: { form: ReturnType<typeof useOutgoingForm> }) {
  const { save, hasFaults, isTold } = form;
  if (save.problem && !isTold) {
    return (
      <div className={classes.notice} ref={(notice) => notice?.scrollIntoView({ block: 'nearest' })}>
        <ProblemNotice what={words.notSaved} why={save.problem.message} />
      </div>
    );
  }
  if (!hasFaults && !isTold) return null;
  return (
    <div className={classes.notice} ref={(notice) => notice?.scrollIntoView({ block: 'nearest' })}>
      <ProblemNotice what={words.notSavedFaults} />
    </div>
  );
}
