// What is folded of the text that is shown. Another text begins unfolded; a line that is sought is never hidden.
import { useMemo, useState } from 'react';
import { type Folds, foldedUpper, foldsOf, revealing } from './fold-lines.ts';

export interface Folding {
  folds: Folds;
  folded: ReadonlySet<number>;
  toggle(line: number): void;
  foldAll(): void;
  unfoldAll(): void;
}

const none: ReadonlySet<number> = new Set();

export function useFolding(
  lines: readonly string[],
  isJson: boolean,
  sought: readonly (number | undefined)[],
): Folding {
  const folds = useMemo(() => foldsOf(lines, isJson), [lines, isJson]);
  const [state, setState] = useState<{ of: Folds; folded: ReadonlySet<number> }>({ of: folds, folded: none });
  let folded = state.of === folds ? state.folded : none;
  for (const line of sought) if (line !== undefined) folded = revealing(line, folds, folded);
  const become = (next: ReadonlySet<number>) => setState({ of: folds, folded: next });
  return {
    folds,
    folded,
    toggle(line) {
      const next = new Set(folded);
      if (!next.delete(line)) next.add(line);
      become(next);
    },
    foldAll: () => become(foldedUpper(folds)),
    unfoldAll: () => become(none),
  };
}
