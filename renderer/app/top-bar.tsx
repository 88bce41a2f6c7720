// The bar on top: where one is, search, and the way to a new data source.
import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconLayoutGrid, IconSearch } from '@tabler/icons-react';
import { NewDataSourceMenu } from '../features/new-data-source/new-data-source-menu.tsx';
import { text } from '../text/en.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import styles from './top-bar.module.css';

/** `onOpenNavigation` is given where there is no rail. */
export function TopBar({ onOpenNavigation }: { onOpenNavigation: (() => void) | undefined }) {
  const mac = useOs() === 'macos';
  return (
    <header className={styles.bar}>
      {onOpenNavigation && (
        <ActionIcon aria-label={text.frame.openNavigation} onClick={onOpenNavigation}>
          <IconLayoutGrid size={20} stroke={1.8} aria-hidden />
        </ActionIcon>
      )}
      <Breadcrumbs />
      <UnstyledButton className={styles.search} aria-label={text.frame.searchLabel} onClick={spotlight.open}>
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className={styles.searchWord}>{text.frame.search}</span>
        <Kbd className={styles.key}>{mac ? '⌘ K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      <NewDataSourceMenu />
    </header>
  );
}
