// The left rail: the grid icon opens the main navigation; below it the same entries as icons with their names on hover.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { text } from '../text/en.ts';
import { navigationEntries } from './navigation-entries.ts';
import styles from './rail.module.css';

export function Rail({ onOpen }: { onOpen: () => void }) {
  const [location] = useLocation();
  return (
    <nav className={styles.rail} aria-label={text.frame.rail}>
      <div className={styles.top}>
        <Tooltip label={text.frame.openNavigation} position="right">
          <ActionIcon aria-label={text.frame.openNavigation} onClick={onOpen}>
            <IconLayoutGrid size={20} stroke={1.8} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      {navigationEntries.map(({ path, label, icon: Icon, holds }) => (
        <Tooltip key={path} label={label} position="right">
          <Link
            href={path}
            className={styles.entry}
            aria-label={label}
            aria-current={holds(location) ? 'page' : undefined}
          >
            <Icon size={20} stroke={1.7} aria-hidden />
          </Link>
        </Tooltip>
      ))}
    </nav>
  );
}
