// The builder of a module: general, trigger, conditions, fields, actions on one page, with live values of a chosen item.
import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Module } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';
import { ConditionRows } from './condition-rows.tsx';
import type { ModuleDraft } from './module-draft.ts';
import { ModuleFields } from './module-fields.tsx';
import { type Faults, faultAt, previewInputOf } from './module-input.ts';
import { ModuleSteps } from './module-steps.tsx';
import { PreviewItem } from './preview-item.tsx';
import { SourceChoice } from './source-choice.tsx';
import { moduleFieldOptions, usePreviewItem, useSourceFields } from './source-fields.ts';
import { AccessNotice } from './step-form.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { TryStep } from './try-step.tsx';
import { usePreview } from './use-preview.ts';

const words = text.modules;

interface BuilderProps {
  solutionId: string;
  module: Module | undefined;
  draft: ModuleDraft;
  faults: Faults;
  onChange: (change: Partial<ModuleDraft>) => void;
}

export function Builder({ solutionId, module, draft, faults, onChange }: BuilderProps) {
  const [itemId, setItemId] = useState<string>();
  const { item, isKnown } = usePreviewItem(draft.dataSourceId, itemId);
  const preview = usePreview(solutionId, draft, itemId);
  const options = useSourceFields(draft.dataSourceId, item);
  const live = preview.data?.fields ?? [];
  const moduleOptions = moduleFieldOptions(draft.fields, live);
  const values = preview.data?.values ?? [];
  const previewed = previewInputOf(draft);

  return (
    <div className={classes.builder}>
      {draft.dataSourceId !== '' && (
        <div className={classes.previewBar}>
          <PreviewItem dataSourceId={draft.dataSourceId} item={item} itemId={itemId} onChange={setItemId} />
          <span className={classes.muted}>{isKnown && !item ? words.noItems : words.previewItemAbout}</span>
        </div>
      )}
      {preview.problem && <ProblemNotice {...problemWords(preview.problem, words.notPreviewed)} />}
      <Section id="general" title={words.sections.general}>
        <div className={classes.stack}>
          <TextInput
            label={words.name}
            placeholder={words.namePlaceholder}
            value={draft.name}
            maxLength={120}
            error={faultAt(faults, 'name')}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          <SourceChoice
            value={draft.dataSourceId}
            error={faultAt(faults, 'dataSourceId')}
            onChange={(dataSourceId) => {
              setItemId(undefined);
              onChange({ dataSourceId });
            }}
          />
          {draft.dataSourceId !== '' && (
            <AccessNotice solutionId={solutionId} dataSourceId={draft.dataSourceId} />
          )}
        </div>
      </Section>
      <Section id="trigger" title={words.sections.trigger} about={words.triggerAbout}>
        <TriggerForm
          draft={draft}
          module={module}
          options={options}
          moduleOptions={moduleOptions}
          faults={faults}
          onChange={onChange}
        />
      </Section>
      <Section id="conditions" title={words.sections.conditions} about={words.conditionsAbout}>
        <ConditionRows
          set={draft.conditions}
          options={options}
          moduleOptions={moduleOptions}
          faults={faults}
          place="conditions"
          onChange={(conditions) => onChange({ conditions })}
        />
      </Section>
      <Section id="fields" title={words.sections.fields} about={words.fieldsAbout}>
        <ModuleFields
          fields={draft.fields}
          options={options}
          values={values}
          live={live}
          faults={faults}
          onChange={(fields) => onChange({ fields })}
        />
      </Section>
      <Section id="actions" title={words.sections.actions} about={words.actionsAbout}>
        <ModuleSteps
          solutionId={solutionId}
          steps={draft.steps}
          dataSourceId={draft.dataSourceId}
          values={values}
          previews={preview.data?.steps ?? []}
          faults={faults}
          onChange={(steps) => onChange({ steps })}
          tryStep={(stepId) =>
            previewed && (
              <TryStep
                solutionId={solutionId}
                module={previewed}
                stepId={stepId}
                itemId={itemId}
                isReady={!preview.previous && isSendable(preview.data?.steps, stepId)}
              />
            )
          }
        />
      </Section>
    </div>
  );
}

function isSendable(
  steps: readonly { stepId: string; prepared?: { faults: readonly unknown[] } | undefined }[] | undefined,
  stepId: string,
): boolean {
  return steps?.find((step) => step.stepId === stepId)?.prepared?.faults.length === 0;
}

function Section({
  id,
  title,
  about,
  children,
}: {
  id: string;
  title: string;
  about?: string;
  children: ReactNode;
}) {
  return (
    <section className={classes.section} id={id} aria-labelledby={`${id}-title`} tabIndex={-1}>
      <header className={classes.sectionHead}>
        <h2 className={classes.sectionTitle} id={`${id}-title`}>
          {title}
        </h2>
        {about && <p className={classes.muted}>{about}</p>}
      </header>
      {children}
    </section>
  );
}
