// What the engine says about recent calls while the mapping is edited: coverage of the rows, suggestions; asked after a pause in
// typing and again when another call comes.
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { UnwrapStep } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { type Draft, mappingOf } from './mapping-draft.ts';
import type { MappingFacts } from './mapping-facts.ts';

const askAfterMs = 500;
const callsCovered = 100;

/** Nothing is asked where no call has come yet (`newest` undefined). */
export function useRecentFacts(dataSourceId: string, draft: Draft, newest: string | undefined): MappingFacts {
  const [settled] = useDebouncedValue(draft, askAfterMs);
  const mapping = useMemo(() => mappingOf(settled), [settled]);
  const splitting = useMemo(() => {
    const { split, unwrap, byEvent } = mapping;
    return { ...(split !== undefined && { split }), ...(unwrap && { unwrap }), ...(byEvent && { byEvent }) };
  }, [mapping]);
  const hasCalls = newest !== undefined;
  const coverage = useCall(
    'mapping.coverage',
    hasCalls ? { dataSourceId, mapping, last: callsCovered } : undefined,
    { keepPrevious: true },
  );
  const suggestions = useCall(
    'mapping.suggest',
    hasCalls ? { dataSourceId, mapping: splitting } : undefined,
    {
      keepPrevious: true,
    },
  );
  useEvent('captures.received', (event) => {
    if (event.dataSourceId !== dataSourceId) return;
    coverage.refetch();
    suggestions.refetch();
  });
  return { dataSourceId, splitting, coverage: coverage.data, suggestions: suggestions.data };
}

/** The steps with a path, for the tree of the payload; stays the same object while they do. */
export function useUnwrapping(draft: Draft): { unwrap?: UnwrapStep[] } {
  const [settled] = useDebouncedValue(draft.unwrap, askAfterMs);
  return useMemo(() => {
    const steps = (settled ?? []).filter(({ path }) => path.trim() !== '');
    return steps.length === 0 ? {} : { unwrap: steps };
  }, [settled]);
}
