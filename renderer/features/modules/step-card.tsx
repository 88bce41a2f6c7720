// One action of a module: its head with name and place, and its settings with the request that it would send.
import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconGripVertical } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent, ReactNode } from 'react';
import type { ModuleStep, TemplateValue } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { RemoveButton } from '../../design/remove-button.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { PreparedView } from '../request-parts/prepared-view.tsx';
import classes from './builder.module.css';
import { type Faults, faultAt } from './module-input.ts';
import type { StepPreview } from './module-steps.tsx';
import { MoveButtons } from './move-buttons.tsx';
import { StepForm } from './step-form.tsx';
import stepsClasses from './steps.module.css';

const words = text.modules;

interface StepCardProps {
  solutionId: string;
  step: ModuleStep;
  index: number;
  total: number;
  isOpen: boolean;
  isDragged: boolean;
  /** Where the dragged one would land: before or behind this one. */
  drop: 'before' | 'after' | undefined;
  values: readonly TemplateValue[];
  preview: StepPreview | undefined;
  faults: Faults;
  onToggle: () => void;
  onChange: (step: ModuleStep) => void;
  onMove: (to: number, name: string) => void;
  onRemove: () => void;
  onDragStart: (name: string) => void;
  onDragOver: () => void;
  onDragEnd: () => void;
  onDropHere: () => void;
  tryStep: (stepId: string) => ReactNode;
}

export function StepCard(props: StepCardProps) {
  const { step, index, total, isOpen, preview, faults } = props;
  const place = `steps.${index}`;
  const actions = useActions(step.dataSourceId);
  const action = actions?.find(({ id }) => id === step.actionId);
  const name = nameOf(step, action?.name);
  const fault = faultAt(faults, place) ?? preview?.problem ?? preview?.prepared?.faults[0]?.message;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    props.onMove(event.key === 'ArrowUp' ? index - 1 : index + 1, name);
  }
  function onDragStart(event: DragEvent) {
    event.dataTransfer.effectAllowed = 'move';
    // Firefox starts no drag without data.
    event.dataTransfer.setData('text/plain', name);
    props.onDragStart(name);
  }

  return (
    <li
      className={stepsClasses.step}
      data-dragged={props.isDragged || undefined}
      data-drop={props.drop}
      onDragOver={(event) => {
        event.preventDefault();
        props.onDragOver();
      }}
      onDrop={(event) => {
        event.preventDefault();
        props.onDropHere();
      }}
    >
      <div className={stepsClasses.stepHead}>
        {/* The buttons beside it do the same by keyboard. */}
        <span
          className={stepsClasses.grip}
          draggable
          title={words.drag}
          aria-hidden
          onDragStart={onDragStart}
          onDragEnd={props.onDragEnd}
        >
          <IconGripVertical size={16} />
        </span>
        <UnstyledButton
          className={stepsClasses.stepToggle}
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={props.onToggle}
          onKeyDown={onKeyDown}
        >
          {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
          <span className={stepsClasses.stepNumber}>{index + 1}</span>
          <span className={stepsClasses.stepName}>
            <PayloadText text={name} />
          </span>
          {preview?.prepared && !isOpen && (
            <code className={stepsClasses.stepUrl}>
              {/* A call of its own has its method in its name. */}
              {step.actionId !== undefined && `${preview.prepared.method} `}
              <PayloadText text={preview.prepared.url} />
            </code>
          )}
        </UnstyledButton>
        {fault && (
          <Tooltip label={fault} multiline maw={360}>
            <IconAlertTriangle className={classes.warn} size={16} role="img" aria-label={fault} />
          </Tooltip>
        )}
        <MoveButtons
          size="sm"
          isFirst={index === 0}
          isLast={index === total - 1}
          onMove={(by) => props.onMove(index + by, name)}
        />
        <RemoveButton size="sm" label={words.removeStep} onClick={props.onRemove} />
      </div>
      {isOpen && (
        <div className={stepsClasses.stepBody}>
          <StepForm
            solutionId={props.solutionId}
            step={step}
            action={action}
            actions={actions ?? []}
            place={place}
            values={props.values}
            preview={preview}
            faults={faults}
            onChange={props.onChange}
          />
          <section className={stepsClasses.stepPreview} aria-label={words.preview}>
            <h3 className={classes.smallTitle}>{words.preview}</h3>
            {preview?.prepared ? (
              <>
                <PreparedView prepared={preview.prepared} />
                {props.tryStep(step.id)}
              </>
            ) : (
              <p className={classes.muted}>{preview?.problem ?? words.previewWaits}</p>
            )}
          </section>
        </div>
      )}
    </li>
  );
}

/** The actions of a source; undefined while they are fetched, and without a source. */
function useActions(dataSourceId: string) {
  const list = useCall('actions.list', dataSourceId === '' ? undefined : { dataSourceId });
  useEvent('actions.changed', (event) => {
    if (event.dataSourceId === dataSourceId) list.refetch();
  });
  return list.data?.actions;
}

function nameOf(step: ModuleStep, actionName: string | undefined): string {
  if (step.dataSourceId === '') return words.newStep;
  if (step.actionId !== undefined) return actionName ?? words.action;
  return `${step.method ?? 'POST'} ${step.path === undefined || step.path === '' ? '/' : step.path}`;
}
