// The settings of one action: which source and call, over which connection, and what of the request differs from the action.
import { Checkbox, NativeSelect, Select } from '@mantine/core';
import type { Action, ModuleStep, TemplateValue } from '#contract';
import { actionMethod } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './builder.module.css';
import { newStep } from './module-draft.ts';
import { type Faults, faultAt } from './module-input.ts';
import type { StepPreview } from './module-steps.tsx';
import { StepParts } from './step-parts.tsx';

const words = text.modules;
const ownCall = 'own';

interface StepFormProps {
  solutionId: string;
  step: ModuleStep;
  action: Action | undefined;
  actions: readonly Action[];
  place: string;
  values: readonly TemplateValue[];
  preview: StepPreview | undefined;
  faults: Faults;
  onChange: (step: ModuleStep) => void;
}

export function StepForm(props: StepFormProps) {
  const { solutionId, step, action, actions, place, faults, onChange } = props;
  const sources = useCall('dataSources.list', {});
  useEvent('dataSources.changed', sources.refetch);
  const source = sources.data?.dataSources.find(({ id }) => id === step.dataSourceId);

  /** Another source has other actions and connections; what was typed for a call of its own goes with it. */
  function chooseSource(dataSourceId: string) {
    const { actionId, connectionId, ...rest } = step;
    const call = actionId === undefined ? rest : { ...newStep(dataSourceId), id: step.id };
    onChange({ ...call, dataSourceId, stopOnFailure: step.stopOnFailure });
  }
  function chooseCall(value: string) {
    const kept = {
      id: step.id,
      dataSourceId: step.dataSourceId,
      stopOnFailure: step.stopOnFailure,
      ...(step.connectionId !== undefined && { connectionId: step.connectionId }),
    };
    if (value !== ownCall) {
      onChange({ ...kept, actionId: value });
      return;
    }
    const { method, path, query, headers, body } = { ...newStep(''), ...action, ...definedParts(step) };
    onChange({ ...kept, method, path, query, headers, body });
  }

  return (
    <div className={classes.stack}>
      <Select
        label={words.targetSource}
        description={words.targetSourceAbout}
        placeholder={words.chooseSource}
        data={sources.data?.dataSources.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={step.dataSourceId === '' ? null : step.dataSourceId}
        error={faultAt(faults, `${place}.dataSourceId`)}
        onChange={(value) => value !== null && chooseSource(value)}
        searchable
        allowDeselect={false}
      />
      {step.dataSourceId !== '' && (
        <>
          <AccessNotice solutionId={solutionId} dataSourceId={step.dataSourceId} />
          <div className={classes.line}>
            <NativeSelect
              className={classes.grow}
              label={words.action}
              value={step.actionId ?? ownCall}
              data={[
                ...actions.map(({ id, name }) => ({ value: id, label: name })),
                { value: ownCall, label: words.ownCall },
              ]}
              error={faultAt(faults, `${place}.actionId`)}
              onChange={(event) => chooseCall(event.currentTarget.value)}
            />
            {source && source.connections.length > 1 && (
              <NativeSelect
                className={classes.grow}
                label={words.connection}
                value={step.connectionId ?? ''}
                data={[
                  {
                    value: '',
                    label: step.actionId ? words.firstConnection : (source.connections[0]?.name ?? ''),
                  },
                  ...source.connections
                    .slice(step.actionId ? 0 : 1)
                    .map(({ id, name }) => ({ value: id, label: name })),
                ]}
                error={faultAt(faults, `${place}.connectionId`)}
                onChange={(event) => {
                  const { connectionId: _, ...rest } = step;
                  const value = event.currentTarget.value;
                  onChange(value === '' ? rest : { ...rest, connectionId: value });
                }}
              />
            )}
            {step.actionId === undefined && (
              <NativeSelect
                label={words.method}
                value={step.method ?? 'POST'}
                data={[...actionMethod.options]}
                onChange={(event) =>
                  onChange({
                    ...step,
                    method: actionMethod.options.find((each) => each === event.currentTarget.value) ?? 'POST',
                  })
                }
              />
            )}
          </div>
          <StepParts
            step={step}
            action={action}
            place={place}
            values={props.values}
            preview={props.preview}
            faults={faults}
            onChange={onChange}
          />
        </>
      )}
      <Checkbox
        label={words.stopOnFailure}
        description={words.stopOnFailureAbout}
        checked={step.stopOnFailure}
        onChange={(event) => onChange({ ...step, stopOnFailure: event.currentTarget.checked })}
      />
    </div>
  );
}

function definedParts({ method, path, query, headers, body }: ModuleStep) {
  return {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    ...(query !== undefined && { query }),
    ...(headers !== undefined && { headers }),
    ...(body !== undefined && { body }),
  };
}

/** Says so where the solution may not use a source, and gives it access on the spot. */
export function AccessNotice({ solutionId, dataSourceId }: { solutionId: string; dataSourceId: string }) {
  const access = useCall('dataSources.access', { id: dataSourceId });
  useEvent('solutions.changed', access.refetch);
  const give = useAction('dataSources.setAccess');
  const own = access.data?.access.find((each) => each.solutionId === solutionId);
  if (!own || own.allowed) return undefined;

  async function run() {
    if (await give.run({ id: dataSourceId, solutionId, allowed: true })) access.refetch();
  }
  return (
    <>
      <ProblemNotice
        tone="warn"
        what={words.noAccess}
        action={{ label: words.giveAccess, busy: give.running, onPress: () => void run() }}
      />
      {give.problem && <ProblemNotice {...problemWords(give.problem, words.notMended)} />}
    </>
  );
}
