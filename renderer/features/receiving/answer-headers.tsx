// Further headers of an answer: rows of name and value.
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import classes from './receiving.module.css';
import type { HeaderRow } from './receiving-draft.ts';

const words = text.receiving;
const mostHeaders = 19;

interface AnswerHeadersProps {
  headers: readonly HeaderRow[];
  onChange: (headers: readonly HeaderRow[]) => void;
  faultAt: (path: string) => string | undefined;
}

export function AnswerHeaders({ headers, onChange, faultAt }: AnswerHeadersProps) {
  const set = (index: number, row: HeaderRow) => onChange(headers.with(index, row));
  return (
    <div>
      {headers.length > 0 && (
        <ul className={classes.rows} aria-label={words.headers}>
          {headers.map((row, index) => (
            <li key={row.key} className={classes.row}>
              <TextInput
                aria-label={words.headerName(index + 1)}
                value={row.name}
                error={faultAt(`answer.headers.${index}.name`)}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => set(index, { ...row, name: event.currentTarget.value })}
              />
              <TextInput
                aria-label={words.headerValue(index + 1)}
                value={row.value}
                error={faultAt(`answer.headers.${index}.value`)}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => set(index, { ...row, value: event.currentTarget.value })}
              />
              <RemoveButton
                label={words.removeHeader(row.name)}
                onClick={() => onChange(headers.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ul>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={headers.length >= mostHeaders}
        onClick={() =>
          onChange([
            ...headers,
            { key: 1 + Math.max(-1, ...headers.map(({ key }) => key)), name: '', value: '' },
          ])
        }
      >
        {words.addHeader}
      </Button>
    </div>
  );
}
