// The page of a browser tab that has no session with the running Hookbench.
import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { EmptyState } from '../design/empty-state.tsx';
import { text } from '../text/en.ts';
import styles from './signed-out.module.css';

export function SignedOut() {
  return (
    <main className={styles.page}>
      <EmptyState
        page
        icon={IconLock}
        title={text.signedOut.title}
        action={
          <Button variant="default" onClick={() => window.location.reload()}>
            {text.signedOut.again}
          </Button>
        }
      >
        {text.signedOut.about}
      </EmptyState>
    </main>
  );
}
