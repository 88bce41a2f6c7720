// Copies values of a body as a whole, from the engine, and says for a moment what became of it.
import { useEffect, useRef, useState } from 'react';
import type { PayloadNode } from '#contract';
import { useClient } from '../../api/use-client.tsx';
import { text } from '../../text/en.ts';
import { isParent } from './tree-model.ts';

const shownMs = 1600;

export function useCopying(captureId: string) {
  const client = useClient();
  const [said, setSaid] = useState<{ of: string; words: string }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function say(words: string) {
    clearTimeout(timer.current);
    setSaid({ of: captureId, words });
    timer.current = setTimeout(() => setSaid(undefined), shownMs);
  }
  async function copy(read: () => Promise<{ text: string; cut: boolean }>) {
    try {
      const value = await read();
      await navigator.clipboard.writeText(value.text);
      say(value.cut ? text.payload.copiedCut : text.payload.copied);
    } catch (error) {
      // The browser refuses where the page is not trusted; the engine where the value cannot be read. Both are said.
      say(`${text.payload.notCopied} ${error instanceof Error ? error.message : ''}`);
    }
  }

  return {
    said: said?.of === captureId ? said.words : undefined,
    copyValue: (node: PayloadNode) =>
      void copy(() =>
        isParent(node) || node.cut
          ? client.call('captures.value', { id: captureId, path: node.path })
          : Promise.resolve({ text: node.text, cut: false }),
      ),
    copyPath: (node: PayloadNode) => void copy(() => Promise.resolve({ text: node.path, cut: false })),
  };
}

export type Copying = ReturnType<typeof useCopying>;
