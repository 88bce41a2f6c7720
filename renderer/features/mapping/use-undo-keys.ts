// The keys of undo and redo.
import { useEffect } from 'react';

/** Undo and redo by keyboard, except where a text field has its own. */
export function useUndoKeys(editor: { undo(): void; redo(): void }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inText =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable]');
      if (inText || !(event.ctrlKey || event.metaKey)) return;
      const isRedo = event.key === 'y' || (event.shiftKey && event.key.toLowerCase() === 'z');
      if (!isRedo && event.key !== 'z') return;
      event.preventDefault();
      if (isRedo) editor.redo();
      else editor.undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [editor]);
}
