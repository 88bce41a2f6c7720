// The draft of a module: kept in the browser's own store while it differs from what is saved, so that a reload, a crash and
// going elsewhere lose nothing. Dropped by Save and by Discard only.
import { useEffect, useMemo, useState } from 'react';
import type { Module, ModuleInput } from '#contract';
import { draftOf, keepKeysApart, type ModuleDraft, newDraft, newSettings } from './module-draft.ts';
import { moduleInputOf, sameModule } from './module-input.ts';

const prefix = 'hookbench-module-draft:';
/** Drafts that nobody came back to. */
const keptMs = 90 * 24 * 3_600_000;

interface Kept {
  at: number;
  /** `updatedAt` of the module that the draft began with. */
  base: string | undefined;
  draft: ModuleDraft;
}

function read(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(prefix + key) ?? 'null') as Kept | null;
    return kept?.draft.settings ? kept : undefined;
  } catch {
    // Not ours, or cut: there is no draft then.
    return undefined;
  }
}

function write(key: string, kept: Kept | undefined): void {
  try {
    if (kept) localStorage.setItem(prefix + key, JSON.stringify(kept));
    else localStorage.removeItem(prefix + key);
  } catch {
    // The store is full or refused: the draft then lives as long as the page, as every form does.
  }
}

function dropOld(now: number): void {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(prefix)) continue;
    const kept = read(name.slice(prefix.length));
    if (!kept || now - kept.at > keptMs) localStorage.removeItem(name);
  }
}

export interface ModuleDraftState {
  draft: ModuleDraft;
  isChanged: boolean;
  /** The module was saved by somebody else since the draft began. */
  isBehind: boolean;
  change: (change: Partial<ModuleDraft>) => void;
  /** Takes the draft back to what is saved; gives what undoes that. */
  discard: () => () => void;
  /** What is in the draft was saved. */
  settled: () => void;
}

/** `key` names the module, or the solution of a new one. */
export function useModuleDraft(key: string, module: Module | undefined): ModuleDraftState {
  const saved: ModuleInput = useMemo(() => (module ? inputOf(module) : moduleInputOf(newDraft)), [module]);
  const [start] = useState(() => {
    dropOld(Date.now());
    const kept = read(key);
    return kept && { ...kept, draft: keepKeysApart(kept.draft) };
  });
  const [edited, setEdited] = useState<ModuleDraft | undefined>(start?.draft);
  const [base, setBase] = useState(start?.base);
  // Save keeps one trigger; what the others were set to lives as long as the screen.
  const [settings, setSettings] = useState(newSettings);
  const savedDraft = useMemo(() => draftOf(saved, settings), [saved, settings]);
  const draft = edited ?? savedDraft;
  const isChanged = edited !== undefined && !sameModule(moduleInputOf(edited), saved);

  useEffect(() => {
    write(key, isChanged && edited ? { at: Date.now(), base, draft: edited } : undefined);
  }, [key, isChanged, edited, base]);

  return {
    draft,
    isChanged,
    isBehind: isChanged && module !== undefined && base !== undefined && base !== module.updatedAt,
    change(change) {
      if (edited === undefined) setBase(module?.updatedAt);
      setEdited((before) => ({ ...(before ?? savedDraft), ...change }));
    },
    discard() {
      const dropped = edited;
      setEdited(undefined);
      return () => setEdited(dropped);
    },
    settled() {
      setSettings(draft.settings);
      setEdited(undefined);
      setBase(undefined);
      write(key, undefined);
    },
  };
}

function inputOf({ name, dataSourceId, trigger, conditions, fields, steps }: Module): ModuleInput {
  return { name, dataSourceId, trigger, conditions, fields, steps };
}
