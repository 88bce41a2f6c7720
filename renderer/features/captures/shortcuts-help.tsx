// The list of keys, shown by "?" and by its button.
import { ActionIcon, Kbd, Modal, Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { text } from '../../text/en.ts';
import classes from './captures-section.module.css';

const words = text.captures.shortcuts;

export function ShortcutsHelp({
  isOpen,
  onOpen,
  extra,
}: {
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  extra?: Record<string, string>;
}) {
  return (
    <>
      <Tooltip label={words.show}>
        <ActionIcon aria-label={words.show} onClick={() => onOpen(true)}>
          <IconKeyboard size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={isOpen}
        onClose={() => onOpen(false)}
        title={words.title}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <dl className={classes.keys}>
          {Object.entries({ ...words.keys, ...extra }).map(([keys, does]) => (
            <div key={keys}>
              <dt>
                {keys.split(', ').map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  );
}
