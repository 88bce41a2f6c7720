// Names with a template each: query parameters, headers, fields of a form.
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { TemplateFault, TemplatePair, TemplateValue } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import classes from './request-parts.module.css';
import { TemplateField } from './template-field.tsx';

const words = text.requestParts;

interface PairRowsProps {
  /** What the pairs are ("Query"). */
  label: string;
  /** The words of the button that adds one. */
  addLabel: string;
  pairs: readonly TemplatePair[];
  onChange: (pairs: TemplatePair[]) => void;
  values: readonly TemplateValue[];
  /** Those whose `where` begins with `place`. */
  faults: readonly TemplateFault[];
  /** `query`, `headers`, `body.fields`. */
  place: string;
}

export function PairRows({ label, addLabel, pairs, onChange, values, faults, place }: PairRowsProps) {
  // Rows keep a key of their own, so that removing one does not move the editors' states.
  const [keys, setKeys] = useState<{ list: readonly number[]; last: number }>({ list: [], last: 0 });
  if (keys.list.length !== pairs.length) setKeys(fitting(keys, pairs.length));
  return (
    <div className={classes.pairs}>
      {pairs.length > 0 && (
        <ul className={classes.pairList} aria-label={label}>
          {pairs.map((pair, index) => (
            <li key={keys.list[index] ?? `new-${index}`} className={classes.pair}>
              <TextInput
                aria-label={words.nameOf(label, index + 1)}
                placeholder={words.name}
                classNames={{ input: classes.mono }}
                value={pair.name}
                error={faultOf(faults, `${place}.${index}.name`)}
                onChange={(event) =>
                  onChange(pairs.with(index, { ...pair, name: event.currentTarget.value }))
                }
              />
              <TemplateField
                label={words.valueOf(label, index + 1)}
                hideLabel
                singleLine
                placeholder={words.value}
                value={pair.value}
                values={values}
                faults={faults.filter(({ where }) => where === `${place}.${index}.value`)}
                onChange={(value) => onChange(pairs.with(index, { ...pair, value }))}
              />
              <RemoveButton
                label={words.removePair}
                onClick={() => {
                  setKeys({ ...keys, list: keys.list.toSpliced(index, 1) });
                  onChange(pairs.toSpliced(index, 1));
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <Button
        className={classes.add}
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...pairs, { name: '', value: '' }])}
      >
        {addLabel}
      </Button>
    </div>
  );
}

function fitting(keys: { list: readonly number[]; last: number }, length: number) {
  const list = keys.list.slice(0, length);
  let { last } = keys;
  const more: number[] = [];
  while (list.length + more.length < length) {
    last += 1;
    more.push(last);
  }
  return { list: [...list, ...more], last };
}

export function faultOf(faults: readonly TemplateFault[], where: string): string | undefined {
  return faults.find((fault) => fault.where === where)?.message;
}
