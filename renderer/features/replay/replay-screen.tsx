// Replay: the jobs of sending again. The other parts of it stand behind tabs with addresses of their own.
import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { paths } from '../../app/paths.ts';
import { PageHeader } from '../../design/page-header.tsx';
import { text } from '../../text/en.ts';
import { ForwardPanel } from './forward-panel.tsx';
import { ReplayJobs } from './replay-jobs.tsx';
import classes from './replay-screen.module.css';
import { SamplesPanel } from './samples-panel.tsx';
import { SimulatorPanel } from './simulator-panel.tsx';
import { useReplay } from './use-replay.ts';

const words = text.replay;

interface Part {
  key: keyof typeof words.tabs;
  content: () => ReactNode;
}

const parts: readonly Part[] = [
  { key: 'jobs', content: () => <ReplayJobs /> },
  { key: 'samples', content: () => <SamplesPanel /> },
  { key: 'simulator', content: () => <SimulatorPanel /> },
  { key: 'forward', content: () => <ForwardPanel /> },
];

export function ReplayScreen() {
  const { part } = useParams<{ part?: string }>();
  const replay = useReplay();
  const current = parts.find(({ key }) => key === (part ?? 'jobs')) ?? parts[0];
  return (
    <div className={classes.screen}>
      <PageHeader
        title={words.title}
        about={words.about}
        action={
          current?.key === 'jobs' && (
            <Button
              leftSection={<IconRepeat size={16} aria-hidden />}
              onClick={() => replay.replayByFilter({})}
            >
              {words.open}
            </Button>
          )
        }
      />
      <nav className={classes.tabs} aria-label={words.tabsLabel}>
        {parts.map(({ key }) => (
          <Link
            key={key}
            className={classes.tab}
            href={key === 'jobs' ? paths.replay : paths.replayPart(key)}
            aria-current={key === current?.key ? 'page' : undefined}
          >
            {words.tabs[key]}
          </Link>
        ))}
      </nav>
      {current?.content()}
    </div>
  );
}
