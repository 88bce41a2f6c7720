// The state of an action's form: what is typed over what is saved, its live preview on an item, what is wrong where, saving it.
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { Action, TemplateFault } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useKeptDraft } from '../../app/use-kept-draft.ts';
import {
  type ActionDraft,
  actionDraft,
  draftFaults,
  draftOf,
  inputOf,
  isChanged,
  trialOf,
  usualMethod,
} from './action-draft.ts';

const typingMs = 250;
const noFaults: readonly TemplateFault[] = [];

export function useActionForm(dataSourceId: string, saved: Action | undefined) {
  const [kept, setKept] = useKeptDraft(`action ${saved?.id ?? `new ${dataSourceId}`}`, actionDraft);
  const [wasKept, setWasKept] = useState(kept !== undefined);
  const [itemId, setItemId] = useState<string>();
  const [touched, setTouched] = useState(false);
  const create = useAction('actions.create');
  const update = useAction('actions.update');
  const problem = create.problem ?? update.problem;

  const draft = kept ?? draftOf(saved);
  const changed = isChanged(draft, saved);

  const trial = { dataSourceId, action: trialOf(draft), ...(itemId !== undefined && { itemId }) };
  const [restedText] = useDebouncedValue(JSON.stringify(trial), typingMs);
  const rested = useMemo(() => JSON.parse(restedText) as typeof trial, [restedText]);
  const preview = useCall('actions.preview', rested, { keepPrevious: true });
  useEvent('items.changed', (event) => {
    if (event.dataSourceId === dataSourceId) preview.refetch();
  });
  useEvent('connections.changed', (event) => {
    if (event.dataSourceId === dataSourceId) preview.refetch();
  });

  const ownFaults = touched ? draftFaults(draft) : noFaults;
  const told = problem?.path?.replace(/^action\./, '');
  const toldFault = problem && told !== undefined ? [{ where: told, message: problem.message }] : noFaults;
  const faults = [...toldFault, ...ownFaults, ...(preview.data?.prepared.faults ?? noFaults)];

  function edit(change: Partial<ActionDraft>) {
    const next = { ...draft, ...change };
    // A new action takes the usual method of its effect, as long as the method was not chosen; a cURL command names its own.
    if (
      !saved &&
      change.effect !== undefined &&
      change.method === undefined &&
      draft.method === usualMethod[draft.effect]
    ) {
      next.method = usualMethod[change.effect];
    }
    setKept(isChanged(next, saved) ? next : undefined);
    setWasKept(false);
    create.clear();
    update.clear();
  }

  function discard() {
    setKept(undefined);
    setWasKept(false);
    setTouched(false);
    create.clear();
    update.clear();
  }

  /** The action as it was saved; undefined where it was not, and the problem is told. */
  async function store(): Promise<Action | undefined> {
    setTouched(true);
    setWasKept(false);
    if (draftFaults(draft).length > 0) return undefined;
    const action = inputOf(draft);
    const answer = saved
      ? await update.run({ id: saved.id, action })
      : await create.run({ dataSourceId, action });
    if (!answer) return undefined;
    setKept(undefined);
    setTouched(false);
    return answer.action;
  }

  return {
    draft,
    changed,
    wasKept,
    itemId,
    setItemId,
    trial,
    preview,
    faults,
    isFaulty: touched && ownFaults.length > 0,
    problem,
    saving: create.running || update.running,
    edit,
    discard,
    store,
  };
}
export type ActionForm = ReturnType<typeof useActionForm>;
