// A list and, beside it, the chosen one in full. Below 900 px the chosen one takes the place of the list. Esc closes it.
import { ActionIcon } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isModalOpen } from './is-modal-open.ts';
import styles from './split-view.module.css';

export function SplitView({
  list,
  pane,
  paneLabel,
  closeLabel,
  onClose,
}: {
  list: ReactNode;
  pane: ReactNode | undefined;
  paneLabel: string;
  closeLabel: string;
  onClose: () => void;
}) {
  useWindowEvent('keydown', (event) => {
    const isInDialog = event.target instanceof Element && event.target.closest('[role="dialog"]');
    const isTaken = event.defaultPrevented || isInDialog || isModalOpen();
    if (event.key === 'Escape' && !isTaken && pane !== undefined) onClose();
  });
  return (
    <div className={styles.halves} data-open={pane !== undefined}>
      <div className={styles.list}>{list}</div>
      {pane !== undefined && (
        <section className={styles.pane} aria-label={paneLabel}>
          <ActionIcon className={styles.close} size="sm" aria-label={closeLabel} onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
          {pane}
        </section>
      )}
    </div>
  );
}
