// Conditions, one a row: a field with its value, a comparison, what to compare with, and whether letter case counts.
import { Button, NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { conditionKind } from '#contract';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './builder.module.css';
import { FieldChoice } from './field-choice.tsx';
import {
  type DraftCondition,
  type DraftConditionSet,
  heedsCase,
  newCondition,
  takesValue,
} from './module-draft.ts';
import { type Faults, faultAt } from './module-input.ts';
import rowsClasses from './rows.module.css';
import type { FieldOption, FieldOptions } from './source-fields.ts';

const words = text.modules;

interface ConditionRowsProps {
  set: DraftConditionSet;
  options: FieldOptions;
  moduleOptions: readonly FieldOption[];
  faults: Faults;
  /** Where the set stands in the module: `conditions` or `trigger`. */
  place: string;
  onChange: (set: DraftConditionSet) => void;
}

export function ConditionRows({ set, options, moduleOptions, faults, place, onChange }: ConditionRowsProps) {
  const { mode, conditions } = set;
  const become = (next: readonly DraftCondition[]) => onChange({ mode, conditions: next });
  return (
    <div className={classes.stack}>
      {conditions.length > 1 && (
        <div className={`${classes.line} ${classes.middle}`}>
          <SegmentedControl
            aria-label={words.mode}
            value={mode}
            onChange={(value) =>
              onChange({ mode: value === 'atLeastOne' ? 'atLeastOne' : 'all', conditions })
            }
            data={[
              { value: 'all', label: words.modes.all },
              { value: 'atLeastOne', label: words.modes.atLeastOne },
            ]}
          />
          <span className={classes.muted}>{words.modeAbout[mode]}</span>
        </div>
      )}
      {conditions.length > 0 && (
        <ul className={rowsClasses.rows} aria-label={words.conditionsList}>
          {conditions.map((condition, index) => (
            <ConditionRow
              key={condition.key}
              condition={condition}
              options={options}
              moduleOptions={moduleOptions}
              faults={faults}
              place={`${place}.conditions.${index}`}
              onChange={(next) => become(conditions.with(index, next))}
              onRemove={() => become(conditions.toSpliced(index, 1))}
            />
          ))}
        </ul>
      )}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => become([...conditions, newCondition()])}
        >
          {words.addCondition}
        </Button>
      </div>
    </div>
  );
}

interface ConditionRowProps {
  condition: DraftCondition;
  options: FieldOptions;
  moduleOptions: readonly FieldOption[];
  faults: Faults;
  place: string;
  onChange: (condition: DraftCondition) => void;
  onRemove: () => void;
}

function ConditionRow({
  condition,
  options,
  moduleOptions,
  faults,
  place,
  onChange,
  onRemove,
}: ConditionRowProps) {
  const { field, is, value, matchCase } = condition;
  const known = [...(options ?? []), ...moduleOptions].find((each) => each.value === field);
  const other = ['field', 'value'].some((part) => faultAt(faults, `${place}.${part}`))
    ? undefined
    : faultAt(faults, place);
  return (
    <li className={rowsClasses.condition}>
      <div className={rowsClasses.conditionField}>
        <FieldChoice
          label={words.field}
          hideLabel
          value={field}
          options={options}
          moduleOptions={moduleOptions}
          error={faultAt(faults, `${place}.field`)}
          onChange={(next) => onChange({ ...condition, field: next })}
        />
      </div>
      <NativeSelect
        className={rowsClasses.conditionIs}
        aria-label={words.comparison}
        value={is}
        data={conditionKind.options.map((kind) => ({ value: kind, label: words.conditionKinds[kind] }))}
        onChange={(event) => {
          const next = conditionKind.options.find((kind) => kind === event.currentTarget.value) ?? 'equalTo';
          onChange({ ...condition, is: next });
        }}
      />
      {takesValue(is) ? (
        <TextInput
          className={rowsClasses.conditionValue}
          aria-label={is === 'match' ? words.pattern : words.value}
          placeholder={is === 'match' ? words.pattern : words.value}
          classNames={{ input: is === 'match' ? classes.mono : '' }}
          value={value}
          error={faultAt(faults, `${place}.value`)}
          onChange={(event) => onChange({ ...condition, value: event.currentTarget.value })}
        />
      ) : undefined}
      {heedsCase(is) ? (
        <Switch
          className={rowsClasses.caseSwitch}
          size="xs"
          label={words.matchCase}
          checked={matchCase}
          onChange={(event) => onChange({ ...condition, matchCase: event.currentTarget.checked })}
        />
      ) : undefined}
      <RemoveButton
        className={rowsClasses.conditionRemove}
        label={words.removeCondition}
        onClick={onRemove}
      />
      {(known || other) && (
        <p className={rowsClasses.below}>
          {known && (
            <>
              {words.now}: <PayloadText text={known.example ?? words.emptyValue} />
            </>
          )}
          {other && <span className={rowsClasses.fault}>{other}</span>}
        </p>
      )}
    </li>
  );
}
