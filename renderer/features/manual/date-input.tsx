// A date as a day and, where wanted, a time. What is there already in another notation (an offset, parts of a second) stays a text.
import { TextInput } from '@mantine/core';
import { text } from '../../text/en.ts';
import type { InputProps } from './input-props.ts';
import classes from './item-drawer.module.css';

const words = text.manual;
// Without an end the browser takes years of six digits, which no date of ours has.
const lastDay = '9999-12-31';
const plainDate = /^(?:(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?(Z?))?$/;

export function DateInput({ label, description, error, typed, onType }: InputProps) {
  const match = plainDate.exec(typed);
  if (!match) {
    return (
      <TextInput
        className={classes.grow}
        label={label}
        description={description}
        error={error}
        placeholder={words.examples.date}
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    );
  }
  const [, day = '', time = '', zone = ''] = match;
  return (
    <div className={classes.pair}>
      <TextInput
        className={classes.grow}
        type="date"
        max={lastDay}
        label={label}
        description={description}
        error={error}
        value={day}
        onChange={({ currentTarget: { value } }) =>
          onType(value === '' ? '' : time === '' ? value : `${value}T${time}${zone}`)
        }
      />
      <TextInput
        type="time"
        step={time.length > 5 ? 1 : 60}
        label={words.timeOf(label)}
        description={zone === 'Z' ? words.timeUtc : words.timeAbout}
        disabled={day === ''}
        value={time}
        onChange={({ currentTarget: { value } }) => onType(value === '' ? day : `${day}T${value}${zone}`)}
      />
    </div>
  );
}
