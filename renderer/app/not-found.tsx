// The screen for an address that leads nowhere.
import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { EmptyState } from '../design/empty-state.tsx';
import { text } from '../text/en.ts';
import { paths } from './paths.ts';

export function NotFound() {
  const [, navigate] = useLocation();
  return (
    <EmptyState
      page
      icon={IconMapOff}
      title={text.frame.notFoundTitle}
      action={
        <Button onClick={() => navigate(paths.enterpriseComponents)}>{text.frame.notFoundAction}</Button>
      }
    >
      {text.frame.notFoundAbout}
    </EmptyState>
  );
}
