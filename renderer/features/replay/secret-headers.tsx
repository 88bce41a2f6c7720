// Headers of a rule whose values are secret: typed, kept or replaced, never shown.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import classes from './replay-window.module.css';

const words = text.forward;

export interface SecretHeader {
  key: number;
  name: string;
  /** Undefined: the stored one is kept. */
  value: string | undefined;
  /** A value is stored under this name. */
  storedAs: string | undefined;
}

interface SecretHeadersProps {
  rows: readonly SecretHeader[];
  onChange: (rows: SecretHeader[]) => void;
}

export function SecretHeaders({ rows, onChange }: SecretHeadersProps) {
  const set = (key: number, change: Partial<SecretHeader>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <div className={classes.group} role="group" aria-label={words.secretHeaders}>
      <span className={classes.label}>{words.secretHeaders}</span>
      <p className={classes.about}>{words.secretAbout}</p>
      {rows.length > 0 && (
        <ul className={classes.headerRows} aria-label={words.secretHeaders}>
          {rows.map((row, at) => (
            <li key={row.key} className={classes.headerRow}>
              <TextInput
                aria-label={words.secretName(at + 1)}
                placeholder="Authorization"
                classNames={{ input: classes.code }}
                value={row.name}
                onChange={(event) => set(row.key, { name: event.currentTarget.value.trim() })}
              />
              <PasswordInput
                aria-label={words.secretValue(at + 1)}
                placeholder={
                  row.storedAs !== undefined && row.storedAs.toLowerCase() === row.name.toLowerCase()
                    ? words.secretKept
                    : words.secretPlaceholder
                }
                autoComplete="off"
                value={row.value ?? ''}
                onChange={(event) => set(row.key, { value: event.currentTarget.value || undefined })}
              />
              <RemoveButton
                label={text.replay.removeHeader(row.name)}
                onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            onChange([
              ...rows,
              {
                key: 1 + Math.max(-1, ...rows.map(({ key }) => key)),
                name: '',
                value: undefined,
                storedAs: undefined,
              },
            ])
          }
        >
          {words.addSecret}
        </Button>
      </div>
    </div>
  );
}
