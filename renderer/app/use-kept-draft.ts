// A draft of a form that outlives a reload of the page, in this tab only. Never give it a secret: it is kept in clear text.
import { useState } from 'react';
import type { z } from 'zod';

const prefix = 'hookbench-draft ';

/** What was kept under `key` and still fits `schema`; undefined where nothing was, or `undefined` was set. */
export function useKeptDraft<T>(
  key: string,
  schema: z.ZodType<T>,
): [draft: T | undefined, setDraft: (draft: T | undefined) => void] {
  const [draft, setDraft] = useState(() => read(key, schema));

  function keep(next: T | undefined) {
    setDraft(next);
    try {
      if (next === undefined) sessionStorage.removeItem(prefix + key);
      else sessionStorage.setItem(prefix + key, JSON.stringify(next));
    } catch {
      // The browser keeps nothing (full, or forbidden): the draft lives as long as the page.
    }
  }

  return [draft, keep];
}

function read<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    const kept = sessionStorage.getItem(prefix + key);
    if (kept === null) return undefined;
    const parsed = schema.safeParse(JSON.parse(kept));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Not readable, or from an older version: as if nothing had been kept.
    return undefined;
  }
}
