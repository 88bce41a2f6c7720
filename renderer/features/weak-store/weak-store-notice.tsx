// The question of `useWeakStore`: why, and the box that agrees. Nothing where no secret is typed or the key store protects well.
import { Checkbox } from '@mantine/core';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import type { WeakStore } from './use-weak-store.ts';

const words = text.weakStore;

export function WeakStoreNotice({ store }: { store: WeakStore }) {
  if (!store.isConcerned) return null;
  return (
    <ProblemNotice tone="warn" what={words.what} why={words.why}>
      <Checkbox
        label={words.consent}
        checked={store.agreed}
        onChange={(event) => store.agree(event.currentTarget.checked)}
      />
    </ProblemNotice>
  );
}
