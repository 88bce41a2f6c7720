// What of the answer goes back into the item: a field, the path in the answer, a type.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { fieldType, type TemplateFault } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { newKey } from '../connections/outgoing-draft.ts';
import { faultOf } from '../request-parts/pair-rows.tsx';
import type { AnswerRow } from './action-draft.ts';
import classes from './actions.module.css';

const words = text.actions;
const types = fieldType.options.map((value) => ({ value, label: text.manual.types[value] }));

interface AnswerFieldsProps {
  rows: readonly AnswerRow[];
  faults: readonly TemplateFault[];
  onChange: (rows: AnswerRow[]) => void;
}

export function AnswerFields({ rows, faults, onChange }: AnswerFieldsProps) {
  return (
    <div className={classes.answers}>
      {rows.length > 0 && (
        <ul className={classes.answerRows} aria-label={words.answer}>
          {rows.map((row, index) => {
            const edit = (change: Partial<AnswerRow>) => onChange(rows.with(index, { ...row, ...change }));
            return (
              <li key={row.key} className={classes.answerRow}>
                <TextInput
                  aria-label={words.answerField(index + 1)}
                  placeholder={words.fieldPlaceholder}
                  value={row.field}
                  error={faultOf(faults, `answerFields.${index}.field`)}
                  maxLength={300}
                  onChange={(event) => edit({ field: event.currentTarget.value })}
                />
                <TextInput
                  classNames={{ input: classes.mono }}
                  aria-label={words.answerPath(index + 1)}
                  placeholder={words.answerPathPlaceholder}
                  value={row.path}
                  error={faultOf(faults, `answerFields.${index}.path`)}
                  spellCheck={false}
                  onChange={(event) => edit({ path: event.currentTarget.value })}
                />
                <NativeSelect
                  aria-label={words.answerType(index + 1)}
                  value={row.type}
                  data={types}
                  onChange={(event) => edit({ type: fieldType.parse(event.currentTarget.value) })}
                />
                <RemoveButton
                  label={words.removeAnswer(row.field)}
                  onClick={() => onChange(rows.toSpliced(index, 1))}
                />
              </li>
            );
          })}
        </ul>
      )}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={rows.length >= 100}
          onClick={() => onChange([...rows, { key: newKey(), field: '', path: '', type: 'text' }])}
        >
          {words.addAnswer}
        </Button>
      </div>
    </div>
  );
}
