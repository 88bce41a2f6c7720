// The state of the form "Outgoing Configuration": what is typed over what is saved, what is wrong with it, saving it.
import { useState } from 'react';
import type { OutgoingConfiguration } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useKeptDraft } from '../../app/use-kept-draft.ts';
import { problemAt } from '../../design/problem-words.ts';
import { useWeakStore } from '../weak-store/use-weak-store.ts';
import { baseUrlFault } from './base-url.ts';
import {
  draftOf,
  holdsSecret,
  inputFaults,
  inputOf,
  isChanged,
  noSecrets,
  type OutgoingDraft,
  outgoingDraft,
  type TypedSecrets,
} from './outgoing-draft.ts';
import { useDoctor } from './use-doctor.ts';

export function useOutgoingForm(connectionId: string) {
  const reading = useCall('connections.outgoing', { id: connectionId });
  useEvent('connections.changed', ({ id }) => {
    if (id === connectionId) reading.refetch();
  });
  const save = useAction('connections.saveOutgoing');
  const doctor = useDoctor(connectionId);
  const [kept, setKept] = useKeptDraft(`outgoing ${connectionId}`, outgoingDraft);
  const [wasKept, setWasKept] = useState(kept !== undefined);
  const [secrets, setSecrets] = useState<TypedSecrets>(noSecrets);
  const weakStore = useWeakStore(holdsSecret(secrets));
  const [touched, setTouched] = useState(false);
  const [justSaved, setJustSaved] = useState<OutgoingConfiguration>();

  const loaded = reading.data !== undefined;
  const saved = justSaved ?? reading.data?.outgoing;
  const draft = kept ?? draftOf(saved);
  const changed = loaded && isChanged(draft, saved, secrets);
  const urlFault = baseUrlFault(draft.baseUrl);
  const faults = inputFaults(draft, secrets, saved);
  const canBeCalled = urlFault === undefined && faults.size === 0;

  function edit(change: Partial<OutgoingDraft>) {
    const next = { ...draft, ...change };
    setKept(isChanged(next, saved, noSecrets) ? next : undefined);
    setChanged();
  }

  function editSecrets(change: Partial<TypedSecrets>) {
    setSecrets((before) => ({ ...before, ...change }));
    setChanged();
  }

  function setChanged() {
    doctor.age();
    setWasKept(false);
    save.clear();
  }

  function discard() {
    setKept(undefined);
    setSecrets(noSecrets);
    setTouched(false);
    setWasKept(false);
    save.clear();
    doctor.clear();
  }

  /** False where it was not saved; the problem is told. */
  async function store(asDraft: boolean): Promise<boolean> {
    setTouched(true);
    setWasKept(false);
    if (weakStore.asks || faults.size > 0 || (!asDraft && urlFault !== undefined)) return false;
    const probe = asDraft ? undefined : doctor.begin();
    const answer = await save.run(
      {
        id: connectionId,
        outgoing: inputOf(draft, secrets),
        ...(asDraft && { asDraft }),
        ...(probe && { runId: probe.runId }),
      },
      probe?.signal,
    );
    if (!asDraft) doctor.end(answer?.diagnosis);
    if (!answer) return false;
    setJustSaved(answer.outgoing);
    setKept(undefined);
    setSecrets(noSecrets);
    setTouched(false);
    reading.refetch();
    return true;
  }

  const toldAt = save.problem?.path?.replace(/^outgoing\./, '');

  /** The Base Url is judged while it is typed, the rest once Save was pressed; the engine's word comes last. */
  function faultAt(path: string): string | undefined {
    if (toldAt === path && save.problem?.code !== 'outgoing.refused') {
      return problemAt(save.problem, `outgoing.${path}`);
    }
    if (path === 'baseUrl') return draft.baseUrl === '' && !touched ? undefined : urlFault;
    return touched ? faults.get(path) : undefined;
  }

  return {
    reading,
    saved,
    draft,
    secrets,
    changed,
    wasKept,
    canBeCalled,
    hasFaults: touched && (faults.size > 0 || urlFault !== undefined),
    save,
    /** Asked at Save: until then a secret may still be taken out again. */
    weakStore: { ...weakStore, isConcerned: weakStore.isConcerned && touched },
    /** Its check met an error: the Base Url is marked, and the notice and the doctor say why. */
    isRefused: save.problem?.code === 'outgoing.refused' && toldAt === 'baseUrl',
    /** What is wrong stands at its field. */
    isTold: save.problem?.code === 'outgoing.invalid' && toldAt !== undefined,
    doctor,
    edit,
    editSecrets,
    discard,
    store,
    faultAt,
    test(change: Partial<OutgoingDraft> = {}) {
      void doctor.test(inputOf({ ...draft, ...change }, secrets));
    },
  };
}
export type OutgoingForm = ReturnType<typeof useOutgoingForm>;
