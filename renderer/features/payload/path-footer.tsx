// The path of the value under the pointer or the keyboard's focus; a click copies it.
import { UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { text } from '../../text/en.ts';
import { PayloadText } from './payload-text.tsx';
import classes from './payload-tree.module.css';

export function PathFooter({ path, said }: { path: string | undefined; said?: string | undefined }) {
  const clipboard = useClipboard({ timeout: 1200 });
  return (
    <div className={classes.footer}>
      {path === undefined ? (
        <span className={classes.footerHint}>{text.payload.pathHint}</span>
      ) : (
        <UnstyledButton
          className={classes.path}
          onClick={() => clipboard.copy(path)}
          aria-label={text.payload.copyPath(path)}
          title={path}
        >
          <span className={classes.pathText}>
            <PayloadText text={path} />
          </span>
          {clipboard.copied ? (
            <IconCheck className={classes.footerIcon} aria-hidden="true" />
          ) : (
            <IconCopy className={classes.footerIcon} aria-hidden="true" />
          )}
          <span aria-live="polite">{clipboard.copied ? text.payload.copied : ''}</span>
        </UnstyledButton>
      )}
      <span className={classes.said} aria-live="polite">
        {said}
      </span>
    </div>
  );
}
