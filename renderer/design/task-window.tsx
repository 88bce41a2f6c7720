// What the flow calls a window: a large dialog with an address, steps on its left, the work beside them. Esc closes it.
import { ActionIcon, Modal } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { text } from '../text/en.ts';
import styles from './task-window.module.css';

export interface TaskStep {
  key: string;
  label: string;
  state: 'done' | 'current' | 'next';
  /** Steps that can be gone to are buttons. */
  onGo?: () => void;
}

/** The children fill the body; the footer holds one primary button. `onClose` asks itself when something would be lost. */
export function TaskWindow({
  title,
  mark,
  steps,
  footer,
  onClose,
  children,
  size = 'large',
}: {
  title: string;
  mark?: ReactNode;
  steps?: readonly TaskStep[];
  footer?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  size?: 'large' | 'medium';
}) {
  return (
    <Modal.Root
      opened
      onClose={() => {
        // After this press of Esc is over: a question that opens now would take the same press for its own, and close again.
        if (isOnlyDialog()) setTimeout(onClose);
      }}
      lockScroll={false}
      centered
      radius="lg"
      shadow="xl"
      padding={0}
      size={size === 'large' ? 1120 : 760}
      classNames={{ inner: styles.inner, content: styles.content }}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay className={styles.overlay} />
      <Modal.Content data-size={size}>
        <div className={styles.window}>
          <div className={styles.header}>
            {mark}
            {/* Where no field waits for words, reading begins at the title rather than at Close. */}
            <Modal.Title
              className={styles.title}
              {...(size === 'large' && { tabIndex: -1, 'data-autofocus': true })}
            >
              {title}
            </Modal.Title>
            <ActionIcon aria-label={text.window.close} onClick={onClose}>
              <IconX size={18} aria-hidden />
            </ActionIcon>
          </div>
          <div className={styles.middle}>
            {steps && (
              <ol className={styles.steps} aria-label={text.window.steps}>
                {steps.map((step, index) => (
                  <Step key={step.key} step={step} number={index + 1} />
                ))}
              </ol>
            )}
            <div className={styles.body}>{children}</div>
          </div>
          {footer && <div className={styles.footer}>{footer}</div>}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

/** Esc reaches every open dialog; while another one lies above this window, only that one closes. */
function isOnlyDialog(): boolean {
  return document.querySelectorAll('[role="dialog"]').length <= 1;
}

function Step({ step, number }: { step: TaskStep; number: number }) {
  const content = (
    <>
      <span className={styles.number} aria-hidden>
        {step.state === 'done' ? <IconCheck size={12} stroke={2.5} /> : number}
      </span>
      <span>{step.label}</span>
      {step.state === 'done' && <span className="visually-hidden">{text.window.stepDone}</span>}
    </>
  );
  return (
    <li
      className={styles.step}
      data-state={step.state}
      aria-current={step.state === 'current' ? 'step' : undefined}
    >
      {step.onGo ? (
        <button type="button" className={styles.stepButton} onClick={step.onGo}>
          {content}
        </button>
      ) : (
        <span className={styles.stepButton}>{content}</span>
      )}
    </li>
  );
}
