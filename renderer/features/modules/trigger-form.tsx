// What starts a module: one of five triggers, and the settings of the chosen one. The settings of the others are kept.
import { Checkbox, Radio, TextInput } from '@mantine/core';
import type { Module, TriggerKind } from '#contract';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';
import { ConditionRows } from './condition-rows.tsx';
import { FieldsChoice } from './field-choice.tsx';
import type { ModuleDraft, TriggerSettings } from './module-draft.ts';
import { type Faults, faultAt } from './module-input.ts';
import rowsClasses from './rows.module.css';
import { ScheduleForm } from './schedule-form.tsx';
import type { FieldOption, FieldOptions } from './source-fields.ts';

const words = text.modules;
const kinds: readonly TriggerKind[] = [
  'itemAdded',
  'fieldChanged',
  'matchConditions',
  'buttonClicked',
  'onScheduled',
];

interface TriggerFormProps {
  draft: ModuleDraft;
  module: Module | undefined;
  options: FieldOptions;
  moduleOptions: readonly FieldOption[];
  faults: Faults;
  onChange: (change: Partial<ModuleDraft>) => void;
}

export function TriggerForm({ draft, module, options, moduleOptions, faults, onChange }: TriggerFormProps) {
  const { kind, settings } = draft;
  const set = (change: Partial<TriggerSettings>) => onChange({ settings: { ...settings, ...change } });
  return (
    <div className={classes.stack}>
      <Radio.Group
        aria-label={words.sections.trigger}
        value={kind}
        onChange={(value) => onChange({ kind: kinds.find((each) => each === value) ?? kind })}
      >
        <div className={rowsClasses.triggers}>
          {kinds.map((each) => (
            <Radio.Card key={each} value={each} className={rowsClasses.trigger}>
              <Radio.Indicator size="xs" />
              <span>
                <span className={rowsClasses.triggerName}>{words.triggers[each]}</span>
                <span className={rowsClasses.triggerAbout}>{words.triggersAbout[each]}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {kind === 'fieldChanged' && (
        <>
          <FieldsChoice
            label={words.changedFields}
            description={words.changedFieldsAbout}
            values={settings.fields}
            options={options}
            error={faultAt(faults, 'trigger.fields')}
            onChange={(fields) => set({ fields })}
          />
          <Checkbox
            label={words.alsoWhenNew}
            description={words.alsoWhenNewAbout}
            checked={settings.alsoWhenNew}
            onChange={(event) => set({ alsoWhenNew: event.currentTarget.checked })}
          />
        </>
      )}
      {kind === 'matchConditions' && (
        <>
          <ConditionRows
            set={settings.match}
            options={options}
            moduleOptions={moduleOptions}
            faults={faults}
            place="trigger"
            onChange={(match) => set({ match })}
          />
          {faults['trigger.conditions'] && <p className={classes.bad}>{faults['trigger.conditions']}</p>}
          <Checkbox
            label={words.runOnce}
            description={words.runOnceAbout}
            checked={settings.runOnce}
            onChange={(event) => set({ runOnce: event.currentTarget.checked })}
          />
        </>
      )}
      {kind === 'buttonClicked' && (
        <TextInput
          className={classes.short}
          label={words.label}
          description={words.labelAbout}
          placeholder={draft.name}
          value={settings.label}
          maxLength={60}
          error={faultAt(faults, 'trigger.label')}
          onChange={(event) => set({ label: event.currentTarget.value })}
        />
      )}
      {kind === 'onScheduled' && (
        <ScheduleForm settings={settings} module={module} faults={faults} onChange={set} />
      )}
    </div>
  );
}
