// Path, query, headers and body of an action in a module. Of an action each part stays as it is there until it is adjusted.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Action, ModuleStep, TemplateFault, TemplateValue } from '#contract';
import { text } from '../../text/en.ts';
import { BodyEditor } from '../request-parts/body-editor.tsx';
import { PairRows } from '../request-parts/pair-rows.tsx';
import { TemplateField } from '../request-parts/template-field.tsx';
import classes from './builder.module.css';
import type { Faults } from './module-input.ts';
import type { StepPreview } from './module-steps.tsx';
import stepsClasses from './steps.module.css';

const words = text.modules;
type Part = keyof typeof words.parts;

interface StepPartsProps {
  step: ModuleStep;
  action: Action | undefined;
  place: string;
  values: readonly TemplateValue[];
  preview: StepPreview | undefined;
  faults: Faults;
  onChange: (step: ModuleStep) => void;
}

export function StepParts({ step, action, place, values, preview, faults, onChange }: StepPartsProps) {
  const all = [...(preview?.prepared?.faults ?? []), ...savedFaults(faults, place)];
  const isOwn = step.actionId === undefined;

  function take(part: Part) {
    if (!action) return;
    if (part === 'path') onChange({ ...step, path: action.path });
    if (part === 'query') onChange({ ...step, query: action.query });
    if (part === 'headers') onChange({ ...step, headers: action.headers });
    if (part === 'body') onChange({ ...step, body: action.body });
  }
  function giveBack(part: Part) {
    const { [part]: _, ...rest } = step;
    onChange(rest);
  }
  const frame = (part: Part, editor: ReactNode) => (
    <PartFrame
      key={part}
      part={part}
      isOwn={isOwn}
      isAdjusted={step[part] !== undefined}
      canAdjust={action !== undefined}
      onAdjust={() => take(part)}
      onBack={() => giveBack(part)}
    >
      {editor}
    </PartFrame>
  );
  return (
    <div className={stepsClasses.parts}>
      {frame(
        'path',
        <TemplateField
          label={words.parts.path}
          hideLabel
          singleLine
          placeholder="/customers/{{ item.externalId }}"
          value={step.path ?? ''}
          values={values}
          faults={of(all, 'path')}
          onChange={(path) => onChange({ ...step, path })}
        />,
      )}
      {frame(
        'query',
        <PairRows
          label={words.parts.query}
          addLabel={text.requestParts.add.query}
          pairs={step.query ?? []}
          values={values}
          faults={all}
          place="query"
          onChange={(query) => onChange({ ...step, query })}
        />,
      )}
      {frame(
        'headers',
        <PairRows
          label={words.parts.headers}
          addLabel={text.requestParts.add.header}
          pairs={step.headers ?? []}
          values={values}
          faults={all}
          place="headers"
          onChange={(headers) => onChange({ ...step, headers })}
        />,
      )}
      {frame(
        'body',
        <BodyEditor
          body={step.body ?? { kind: 'none' }}
          values={values}
          faults={all}
          onChange={(body) => onChange({ ...step, body })}
        />,
      )}
    </div>
  );
}

const of = (faults: readonly TemplateFault[], where: string) =>
  faults.filter((fault) => fault.where === where);

/** What Save found, in the words of the templates. */
function savedFaults(faults: Faults, place: string): TemplateFault[] {
  return Object.entries(faults)
    .filter(([path]) => path.startsWith(`${place}.`))
    .map(([path, message]) => ({ where: path.slice(place.length + 1), message }));
}

interface PartFrameProps {
  part: Part;
  /** A call of its own has every part. */
  isOwn: boolean;
  isAdjusted: boolean;
  canAdjust: boolean;
  onAdjust: () => void;
  onBack: () => void;
  children: ReactNode;
}

function PartFrame({ part, isOwn, isAdjusted, canAdjust, onAdjust, onBack, children }: PartFrameProps) {
  return (
    <section className={stepsClasses.part} aria-label={words.parts[part]}>
      <div className={stepsClasses.partHead}>
        <h3 className={classes.smallTitle}>{words.parts[part]}</h3>
        {part === 'path' && isOwn && <span className={classes.muted}>{words.pathAbout}</span>}
        {!isOwn && !isAdjusted && <span className={classes.muted}>{words.asInAction}</span>}
        {!isOwn && (
          <Button
            className={stepsClasses.partButton}
            size="compact-sm"
            variant="subtle"
            disabled={!isAdjusted && !canAdjust}
            aria-label={`${isAdjusted ? words.backToAction : words.adjust}: ${words.parts[part]}`}
            onClick={isAdjusted ? onBack : onAdjust}
          >
            {isAdjusted ? words.backToAction : words.adjust}
          </Button>
        )}
      </div>
      {(isOwn || isAdjusted) && children}
    </section>
  );
}
