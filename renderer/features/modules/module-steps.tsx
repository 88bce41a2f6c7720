// The actions of a module in order: opened one by one, moved by dragging, by buttons or by Alt and the arrows.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { startTransition, useState } from 'react';
import type { CallOutput, ModuleStep, TemplateValue } from '#contract';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';
import { moved, newStep } from './module-draft.ts';
import type { Faults } from './module-input.ts';
import { StepCard } from './step-card.tsx';
import stepsClasses from './steps.module.css';

const words = text.modules;

export type StepPreview = CallOutput<'modules.preview'>['steps'][number];

interface ModuleStepsProps {
  solutionId: string;
  steps: readonly ModuleStep[];
  /** The source of the module, offered first for a new action. */
  dataSourceId: string;
  values: readonly TemplateValue[];
  previews: readonly StepPreview[];
  faults: Faults;
  onChange: (steps: readonly ModuleStep[]) => void;
  /** Sends one action for the chosen item. */
  tryStep: (stepId: string) => React.ReactNode;
}

export function ModuleSteps(props: ModuleStepsProps) {
  const { steps, values, previews, faults, onChange } = props;
  const [open, setOpen] = useState<string | undefined>(steps.length === 1 ? steps[0]?.id : undefined);
  const [dragged, setDragged] = useState<{ index: number; name: string }>();
  const [over, setOver] = useState<number>();
  const [said, setSaid] = useState('');

  function move(from: number, to: number, name: string) {
    const next = moved(steps, from, to);
    if (next === steps) return;
    onChange(next);
    setSaid(words.moved(name, to + 1, steps.length));
  }
  function endDrag() {
    setDragged(undefined);
    setOver(undefined);
  }
  function dropAt(index: number) {
    if (dragged === undefined || over !== index || dragged.index === index) return undefined;
    return index < dragged.index ? 'before' : 'after';
  }
  function add() {
    const step = newStep('');
    onChange([...steps, step]);
    setOpen(step.id);
  }

  return (
    <div className={classes.stack}>
      {steps.length === 0 ? (
        <p className={classes.muted}>{words.noActions}</p>
      ) : (
        <ol className={stepsClasses.steps} aria-label={words.stepsList}>
          {steps.map((step, index) => (
            <StepCard
              key={step.id}
              solutionId={props.solutionId}
              step={step}
              index={index}
              total={steps.length}
              isOpen={open === step.id}
              values={values}
              preview={previews.find(({ stepId }) => stepId === step.id)}
              faults={faults}
              isDragged={dragged?.index === index}
              drop={dropAt(index)}
              // The form of a step with its editors is large: it is made in slices, and its editors behind it.
              onToggle={() => startTransition(() => setOpen(open === step.id ? undefined : step.id))}
              onChange={(next) => onChange(steps.with(index, next))}
              onMove={(to, name) => move(index, to, name)}
              onRemove={() => onChange(steps.toSpliced(index, 1))}
              onDragStart={(name) => setDragged({ index, name })}
              onDragOver={() => setOver(index)}
              onDragEnd={endDrag}
              onDropHere={() => {
                if (dragged !== undefined) move(dragged.index, index, dragged.name);
                endDrag();
              }}
              tryStep={props.tryStep}
            />
          ))}
        </ol>
      )}
      <span className="visually-hidden" role="status">
        {said}
      </span>
      <div>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {words.addAction}
        </Button>
      </div>
    </div>
  );
}
