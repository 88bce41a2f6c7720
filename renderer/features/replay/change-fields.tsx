// One edit for many calls, as lines of text: headers and values of JSON bodies, set or left out.
import { Textarea } from '@mantine/core';
import type { CallChanges } from '#contract';
import { text } from '../../text/en.ts';
import classes from './replay-window.module.css';

const words = text.replay;

export interface ChangeLines {
  headers: string;
  values: string;
}

export const noChanges: ChangeLines = { headers: '', values: '' };

interface ChangeFieldsProps {
  lines: ChangeLines;
  onChange: (lines: ChangeLines) => void;
  /** Why a value cannot be set. */
  valueFault: string | undefined;
  /** Why a header cannot be set. */
  headerFault: string | undefined;
}

export function ChangeFields({ lines, onChange, valueFault, headerFault }: ChangeFieldsProps) {
  return (
    <details className={classes.headers}>
      <summary>{words.changes}</summary>
      <div className={classes.group}>
        <Lines
          label={words.changedValues}
          description={words.changedValuesAbout}
          placeholder={'data.email = ada@example.com\nitems[0].sku'}
          value={lines.values}
          error={valueFault}
          onType={(values) => onChange({ ...lines, values })}
        />
        <Lines
          label={words.changedHeaders}
          description={words.changedHeadersAbout}
          placeholder={'X-Run: nightly\nX-Debug'}
          value={lines.headers}
          error={headerFault}
          onType={(headers) => onChange({ ...lines, headers })}
        />
      </div>
    </details>
  );
}

interface LinesProps {
  label: string;
  description: string;
  placeholder: string;
  value: string;
  error: string | undefined;
  onType: (typed: string) => void;
}

function Lines({ onType, ...rest }: LinesProps) {
  return (
    <Textarea
      {...rest}
      classNames={{ input: classes.code }}
      autosize
      minRows={2}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

function pairs(typed: string, mark: string): [string, string | undefined][] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf(mark);
      return at < 0 ? [line, undefined] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

/** Undefined where nothing is typed. */
export function changesOf({ headers, values }: ChangeLines): CallChanges | undefined {
  const changes = {
    headers: pairs(headers, ':').map(([name, value]) => (value === undefined ? { name } : { name, value })),
    values: pairs(values, '=').map(([path, value]) => (value === undefined ? { path } : { path, value })),
  };
  return changes.headers.length + changes.values.length === 0 ? undefined : changes;
}
