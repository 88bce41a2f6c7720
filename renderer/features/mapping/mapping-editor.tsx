// "Inbound Webhook": the payload left, the mapping right, what comes of it below. Everything shown is computed in the
// engine; this owns the edits and hands each draft to the engine, so that a reload or a crash loses nothing.
import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useStore } from 'zustand';
import type { CallOutput, DataSource, PayloadNode, Problem } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { useClient } from '../../api/use-client.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { LinkLine } from './link-line.tsx';
import { hasPathsOf, mappingOf, type RowName } from './mapping-draft.ts';
import classes from './mapping-editor.module.css';
import { createMappingEditorStore } from './mapping-editor-store.ts';
import { MappingPayload } from './mapping-payload.tsx';
import { badgesOf, canPick, effectiveSplit, pickFor, placeOfFocused, rowPaths } from './mapping-places.ts';
import { MappingRows } from './mapping-rows.tsx';
import { ResultItems } from './result-items.tsx';
import { SaveBar } from './save-bar.tsx';
import { useSaving } from './use-saving.ts';

interface MappingEditorProps {
  dataSource: DataSource;
  /** Stands in the place of the payload while nothing usable was received. */
  noCalls: ReactNode;
  onViewData: () => void;
  /** Told whether leaving now would lose edits, because the engine could not keep the draft. */
  onAtRisk?: (atRisk: boolean) => void;
}

type Start = CallOutput<'mapping.get'>;
const previewAfterMs = 120;
const callsToChooseFrom = 50;

/** Reads past the cache of answers: an editor must never start from an older draft than the engine has. */
function useStart(dataSourceId: string) {
  const client = useClient();
  const [request, setRequest] = useState({ dataSourceId });
  const [start, setStart] = useState<Start>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    const abort = new AbortController();
    client.call('mapping.get', request, { signal: abort.signal }).then(setStart, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(asProblem(error));
    });
    return () => abort.abort();
  }, [client, request]);
  return {
    start,
    problem,
    again() {
      setProblem(undefined);
      setRequest({ dataSourceId });
    },
  };
}

export function MappingEditor(props: MappingEditorProps) {
  const { start, problem, again } = useStart(props.dataSource.id);
  if (start) return <LoadedEditor {...props} start={start} />;
  return (
    <div className={classes.editor} aria-busy={!problem}>
      <div className={classes.pending}>
        {problem ? (
          <ProblemNotice
            what={text.mapping.notRead}
            why={problem.message}
            action={{ label: text.problems.tryAgain, onPress: again }}
          />
        ) : (
          [100, 80, 90, 60].map((width) => (
            <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />
          ))
        )}
      </div>
    </div>
  );
}

function LoadedEditor(props: MappingEditorProps & { start: Start }) {
  const { dataSource, noCalls, onViewData, onAtRisk, start } = props;
  const dataSourceId = dataSource.id;
  const client = useClient();
  const [editor] = useState(() =>
    createMappingEditorStore(start.draft ?? start.mapping ?? start.initial, (mapping) =>
      client.call('mapping.keepDraft', { dataSourceId, mapping }),
    ),
  );
  useEffect(() => {
    window.addEventListener('pagehide', editor.flush);
    return () => {
      window.removeEventListener('pagehide', editor.flush);
      editor.flush();
    };
  }, [editor]);
  useUndoKeys(editor);
  const { history, focused, kept } = useStore(editor.store);
  useEffect(() => onAtRisk?.(kept === 'failed'), [onAtRisk, kept]);
  const { draft } = history;
  const saving = useSaving(dataSourceId);
  const area = useRef<HTMLDivElement>(null);

  const { calls, chosen, choose } = useChosenCall(dataSourceId);
  const view = useCall('captures.view', chosen === undefined ? undefined : { id: chosen });
  const split = effectiveSplit(draft.split, view.data?.view.root?.type);

  const [previewed] = useDebouncedValue(draft, previewAfterMs);
  const preview = useCall(
    'mapping.preview',
    { dataSourceId, mapping: mappingOf(previewed), ...(chosen !== undefined && { captureId: chosen }) },
    { keepPrevious: true },
  );
  const results = preview.data?.rows ?? [];
  const badges = useMemo(() => badgesOf(draft, split, focused), [draft, split, focused]);
  const reveal = useRevealed(focused, chosen, (row) => placeOfFocused(draft, split, row));

  const labels = new Map<string, string>(rowPaths(draft).map(({ row, label }) => [row, label]));
  const toFix = results
    .filter(({ row, problem }) => problem && (row === 'id' || row === 'title' || problem.code !== 'nothing'))
    .map(({ row }) => labels.get(row) ?? row);

  function pick(node: PayloadNode) {
    saving.clear();
    editor.edit({ row: focused, pick: pickFor(node, focused === 'split' ? '' : split, focused) });
  }

  async function save() {
    const mapping = mappingOf(draft);
    if (await saving.save(mapping)) editor.saved(mapping);
  }

  return (
    <div className={classes.editor}>
      <div className={classes.columns} ref={area}>
        <MappingPayload
          calls={calls}
          chosen={chosen}
          onChoose={choose}
          onPick={pick}
          canPick={(node) => canPick(node, draft, focused)}
          badges={badges}
          reveal={reveal}
          noCalls={noCalls}
        />
        <div className={classes.side} data-rows-scroll>
          <div className={classes.notices}>
            {toFix.length > 0 ? (
              <ProblemNotice tone="warn" what={text.mapping.mustBeFixed(toFix)} why={text.mapping.howToFix} />
            ) : null}
            {start.suggested && !hasPathsOf(draft, start.suggested) && (
              <div className={classes.suggestion}>
                <span>
                  {text.mapping.suggestion(dataSource.applicationName ?? dataSource.name, start.suggested)}
                </span>
                <Button
                  size="xs"
                  variant="light"
                  onClick={() => start.suggested && editor.edit({ take: start.suggested })}
                >
                  {text.mapping.useSuggestion}
                </Button>
              </div>
            )}
            {preview.problem && (
              <ProblemNotice
                what={text.mapping.noPreview}
                why={preview.problem.message}
                action={{ label: text.problems.tryAgain, onPress: preview.refetch }}
              />
            )}
          </div>
          <MappingRows editor={editor} results={results} />
          {preview.data && chosen !== undefined && (
            <ResultItems items={preview.data.items} itemCount={preview.data.itemCount} />
          )}
        </div>
        <LinkLine area={area} />
      </div>
      <SaveBar
        editor={editor}
        saving={saving}
        waiting={dataSource.counts.waiting}
        onSave={() => void save()}
        onViewData={onViewData}
      />
    </div>
  );
}

/** The calls to choose from, live; the chosen one stays until another is chosen. */
function useChosenCall(dataSourceId: string) {
  const { data, refetch } = useCall('captures.list', {
    dataSourceId,
    outcome: 'accepted',
    limit: callsToChooseFrom,
  });
  useEvent('captures.received', (event) => {
    if (event.dataSourceId === dataSourceId) refetch();
  });
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('call') ?? undefined;
  const [first, setFirst] = useState<string>();
  const newest = data?.captures[0]?.id;
  if (first === undefined && newest !== undefined) setFirst(newest);
  return {
    calls: data?.captures,
    chosen: wanted ?? first,
    choose(captureId: string) {
      setSearch(
        (before) => {
          before.set('call', captureId);
          return before;
        },
        { replace: true },
      );
    },
  };
}

/** The place to bring into view: asked anew when another row gets the focus or another call is chosen. */
function useRevealed(
  focused: RowName,
  chosen: string | undefined,
  place: (row: RowName) => (string | number)[] | undefined,
) {
  const [reveal, setReveal] = useState<readonly (string | number)[]>();
  const find = useEffectEvent(place);
  useEffect(() => setReveal(chosen === undefined ? undefined : find(focused)), [focused, chosen]);
  return reveal;
}

/** Undo and redo by keyboard, except where a text field has its own. */
function useUndoKeys(editor: { undo(): void; redo(): void }) {
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
