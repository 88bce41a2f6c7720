// Captures of all data sources.

import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { PageHeader } from '../../design/page-header.tsx';
import { text } from '../../text/en.ts';
import { CaptureFinder } from './capture-finder.tsx';
import classes from './captures-section.module.css';

export function CapturesScreen() {
  const [, navigate] = useLocation();
  return (
    <div className={classes.screen}>
      <PageHeader title={text.captures.title} about={text.captures.about} />
      <CaptureFinder
        empty={
          <EmptyState
            compact
            icon={IconInbox}
            title={text.captures.emptyAll.title}
            action={
              <Button onClick={() => navigate(paths.enterpriseComponents)}>
                {text.frame.notFoundAction}
              </Button>
            }
          >
            {text.captures.emptyAll.about}
          </EmptyState>
        }
      />
    </div>
  );
}
