// Up and down by one place. At an end the button stays in the tab order, so that whoever moves a row there keeps the focus.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';

const words = text.modules;

interface MoveButtonsProps {
  size?: 'sm' | 'md';
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: 1 | -1) => void;
}

export function MoveButtons({ size = 'md', isFirst, isLast, onMove }: MoveButtonsProps) {
  const button = (label: string, isEnd: boolean, by: 1 | -1, icon: React.ReactNode) => (
    <Tooltip label={label}>
      <ActionIcon
        size={size}
        className={classes.move}
        aria-label={label}
        aria-disabled={isEnd || undefined}
        data-disabled={isEnd || undefined}
        onClick={() => !isEnd && onMove(by)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <>
      {button(words.moveUp, isFirst, -1, <IconArrowUp size={16} aria-hidden />)}
      {button(words.moveDown, isLast, 1, <IconArrowDown size={16} aria-hidden />)}
    </>
  );
}
