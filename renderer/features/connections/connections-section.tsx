// "Connections" of a data source: the list, and the set-up window of the one that the address names.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Application, DataSource } from '#contract';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { ConnectionRow } from './connection-row.tsx';
import { ConnectionWindow } from './connection-window.tsx';
import classes from './connections.module.css';
import { AddConnection } from './name-connection.tsx';

const words = text.connections;

interface ConnectionsSectionProps {
  source: DataSource;
  application: Application | undefined;
  openId: string | undefined;
}

export function ConnectionsSection({ source, application, openId }: ConnectionsSectionProps) {
  const [, navigate] = useLocation();
  const [adding, setAdding] = useState(false);
  const opened = source.connections.find(({ id }) => id === openId);
  return (
    <div className={classes.section}>
      <div className={classes.sectionHead}>
        <p className={classes.about}>{source.entry === 'manual' ? words.aboutManual : words.about}</p>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      {openId !== undefined && !opened && (
        <ProblemNotice
          tone="warn"
          what={words.missing}
          why={words.missingWhy}
          action={{
            label: words.backToList,
            onPress: () => navigate(paths.dataSource(source.id, 'connections')),
          }}
        />
      )}
      <ul className={classes.connections} aria-label={words.list}>
        {source.connections.map((connection) => (
          <ConnectionRow key={connection.id} source={source} connection={connection} />
        ))}
      </ul>
      <AddConnection
        dataSourceId={source.id}
        opened={adding}
        onClose={() => setAdding(false)}
        onAdded={(id) => {
          setAdding(false);
          navigate(paths.connection(source.id, id));
        }}
      />
      {opened && (
        <ConnectionWindow key={opened.id} source={source} connection={opened} application={application} />
      )}
    </div>
  );
}
