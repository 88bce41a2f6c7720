// What the module that is being edited makes of the chosen item: field values, what templates can insert, each request.
import { useDebouncedValue } from '@mantine/hooks';
import { useCall, useEvent } from '../../api/use-call.ts';
import type { ModuleDraft } from './module-draft.ts';
import { previewInputOf } from './module-input.ts';

const typingMs = 300;

/** Asked when the typing rests; the last one stays until the next is there. */
export function usePreview(solutionId: string, draft: ModuleDraft, itemId: string | undefined) {
  const input = previewInputOf(draft);
  const wanted = input && JSON.stringify(input);
  const [rested] = useDebouncedValue(wanted, typingMs);
  const module = rested === undefined ? undefined : (JSON.parse(rested) as typeof input);
  const preview = useCall(
    'modules.preview',
    module && { solutionId, module, ...(itemId !== undefined && { itemId }) },
    { keepPrevious: true },
  );
  const refetchOf = (dataSourceId: string) => {
    if (dataSourceId === draft.dataSourceId || draft.steps.some((step) => step.dataSourceId === dataSourceId))
      preview.refetch();
  };
  useEvent('items.changed', (event) => refetchOf(event.dataSourceId));
  useEvent('actions.changed', (event) => refetchOf(event.dataSourceId));
  useEvent('connections.changed', (event) => refetchOf(event.dataSourceId));
  useEvent('solutions.changed', preview.refetch);
  return preview;
}
