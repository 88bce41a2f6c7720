// One value of a payload: its type told by colour and by shape (quotes, brackets, an icon).
import {
  IconBraces,
  IconBrackets,
  IconCircleOff,
  IconHash,
  IconLetterT,
  IconToggleLeft,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ShownValue, ValueType } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from './payload-text.tsx';
import classes from './value-text.module.css';

const icons: Record<ValueType, TablerIcon> = {
  text: IconLetterT,
  number: IconHash,
  boolean: IconToggleLeft,
  null: IconCircleOff,
  object: IconBraces,
  list: IconBrackets,
};

export function ValueTypeIcon({ type }: { type: ValueType }) {
  const Icon = icons[type];
  return <Icon className={classes.icon} data-type={type} aria-hidden="true" />;
}

interface ValueTextProps {
  value: ShownValue;
  /** Number of children, where the value is an object or a list of a tree. */
  size?: number;
}

export function ValueText({ value, size }: ValueTextProps) {
  if (size !== undefined && (value.type === 'object' || value.type === 'list')) {
    const [open, close] = value.type === 'object' ? ['{', '}'] : ['[', ']'];
    return (
      <span className={classes.value} data-type={value.type}>
        {open}
        {size > 0 && <span className={classes.size}>{text.payload.childCount(value.type, size)}</span>}
        {close}
      </span>
    );
  }
  return (
    <span className={classes.value} data-type={value.type}>
      {value.type === 'text' && <span className={classes.quote}>"</span>}
      <PayloadText text={value.text} />
      {value.cut && '…'}
      {value.type === 'text' && <span className={classes.quote}>"</span>}
    </span>
  );
}
