// The line of a text that the keys are on: the arrows move it, Enter folds or unfolds it; besides, the keys of code editors.
import { type KeyboardEvent, useState } from 'react';
import { foldAround } from './fold-lines.ts';
import type { LineRow } from './paint-line.ts';
import type { Folding } from './use-folding.ts';

interface FoldKeys {
  /** The row that the keys are on. */
  active: number;
  setActive: (row: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** What a press asks for: Ctrl Shift [ and ] for a line (⌘ ⌥ on a Mac), Ctrl Alt [ and ] for all, Enter to turn a line round. */
function orderOf(event: KeyboardEvent): 'fold' | 'unfold' | 'foldAll' | 'unfoldAll' | 'toggle' | undefined {
  const { ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta } = event;
  if (event.key === 'Enter' && !ctrl && !shift && !alt && !meta) return 'toggle';
  const opens = event.code === 'BracketLeft' || event.key === '[' || event.key === '{';
  const closes = event.code === 'BracketRight' || event.key === ']' || event.key === '}';
  if (!opens && !closes) return undefined;
  if ((ctrl && shift && !alt) || (meta && alt)) return opens ? 'fold' : 'unfold';
  if (ctrl && alt && !shift) return opens ? 'foldAll' : 'unfoldAll';
  return undefined;
}

/** `rows` are what is shown; `pageRows` how many of them fit. A text without anything to fold keeps the browser's own keys. */
export function useFoldKeys(
  rows: readonly LineRow[],
  folding: Folding | undefined,
  pageRows: () => number,
  show: (row: number) => void,
): FoldKeys {
  const [at, setAt] = useState(0);
  const last = rows.length - 1;
  const active = Math.max(0, Math.min(at, last));

  function goTo(row: number) {
    const next = Math.max(0, Math.min(row, last));
    setAt(next);
    show(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!folding || folding.folds.size === 0 || event.target !== event.currentTarget) return;
    const line = rows[active]?.line ?? 0;
    const around = foldAround(line, folding.folds);
    const turn = (start: number | undefined, isFolded: boolean) => {
      if (start === undefined || folding.folded.has(start) === isFolded) return;
      folding.toggle(start);
      // What is hidden with it cannot keep the keys.
      goTo(rows.findIndex((row) => row.line === start));
    };
    switch (orderOf(event)) {
      case 'fold':
        turn(around, true);
        break;
      case 'unfold':
        turn(line, false);
        break;
      case 'toggle':
        turn(around, around !== undefined && !folding.folded.has(around));
        break;
      case 'foldAll':
        folding.foldAll();
        goTo(0);
        break;
      case 'unfoldAll':
        folding.unfoldAll();
        goTo(0);
        break;
      default: {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const steps: Record<string, number> = {
          ArrowDown: active + 1,
          ArrowUp: active - 1,
          PageDown: active + pageRows(),
          PageUp: active - pageRows(),
          Home: 0,
          End: last,
        };
        const next = steps[event.key];
        if (next === undefined) return;
        goTo(next);
      }
    }
    event.preventDefault();
  }

  return { active, setActive: setAt, onKeyDown };
}
