// "Inbound Webhook": the payload left, the mapping right, what comes of it below. Everything shown is computed in the
// engine; this owns the edits and hands each draft to the engine, so that a reload or a crash loses nothing.
import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useStore } from 'zustand';
import type { DataSource, PayloadNode } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { LinkLine } from './link-line.tsx';
import { type Draft, hasPathsOf, mappingOf, type RowName } from './mapping-draft.ts';
import classes from './mapping-editor.module.css';
import type { MappingEditorStore } from './mapping-editor-store.ts';
import { MappingFactsContext } from './mapping-facts.ts';
import { MappingPayload } from './mapping-payload.tsx';
import { badgesOf, canPick, effectiveSplit, pickFor, placeOfFocused, rowPaths } from './mapping-places.ts';
import { MappingRows } from './mapping-rows.tsx';
import { ResultItems } from './result-items.tsx';
import { rowLabel } from './row-words.ts';
import { SaveBar } from './save-bar.tsx';
import { useChosenCall } from './use-chosen-call.ts';
import { useDryRun } from './use-dry-run.ts';
import { useKeptDraft } from './use-kept-draft.ts';
import { type MappingStart, useMappingStart } from './use-mapping-start.ts';
import { useRecentFacts, useUnwrapping } from './use-recent-facts.ts';
import { useSaving } from './use-saving.ts';
import { useUndoKeys } from './use-undo-keys.ts';

interface MappingEditorProps {
  dataSource: DataSource;
  /** Stands in the place of the payload while nothing usable was received. */
  noCalls: ReactNode;
  onViewData: () => void;
  /** Told whether leaving now would lose edits, because the engine could not keep the draft. */
  onAtRisk?: (atRisk: boolean) => void;
}

const previewAfterMs = 120;
/** Of ids that repeat within a call. */
const idsNamed = 3;

export function MappingEditor(props: MappingEditorProps) {
  const { start, reading, problem, again } = useMappingStart(props.dataSource.id);
  if (start) return <LoadedEditor key={reading} {...props} start={start} onTakeOther={again} />;
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

/** `?row=fields.0` in the address brings the focus to that row: who tells of a path that drifts leads here. */
function useAskedRow(editor: MappingEditorStore) {
  const [address] = useSearchParams();
  const asked = address.get('row');
  useEffect(() => {
    const rows = rowPaths(editor.store.getState().history.draft).map(({ row }) => row);
    const row = rows.find((each) => each === asked);
    if (row) editor.focus(row);
  }, [editor, asked]);
}

function LoadedEditor(props: MappingEditorProps & { start: MappingStart; onTakeOther: () => void }) {
  const { dataSource, noCalls, onViewData, onAtRisk, start } = props;
  const dataSourceId = dataSource.id;
  const { editor, save: saveKept, cancel: cancelKept } = useKeptDraft(dataSourceId, start);
  useAskedRow(editor);
  useUndoKeys(editor);
  const { history, focused, kept } = useStore(editor.store);
  useEffect(() => onAtRisk?.(kept === 'failed' || kept === 'conflict'), [onAtRisk, kept]);
  const { draft } = history;
  const saving = useSaving(dataSourceId, start.indexing);
  // What came of a save is said as long as the mapping is the one that was saved.
  const [tried, setTried] = useState<Draft | undefined>(start.indexing && draft);
  const dryRun = useDryRun(dataSourceId);
  const [dryTried, setDryTried] = useState<Draft>();
  const area = useRef<HTMLDivElement>(null);

  const unwrapping = useUnwrapping(draft);
  const { calls, chosen, choose } = useChosenCall(dataSourceId);
  const view = useCall('captures.view', chosen === undefined ? undefined : { id: chosen, ...unwrapping });
  const split = effectiveSplit(draft.split, view.data?.view.root?.type);

  const [previewed] = useDebouncedValue(draft, previewAfterMs);
  const preview = useCall(
    'mapping.preview',
    { dataSourceId, mapping: mappingOf(previewed), ...(chosen !== undefined && { captureId: chosen }) },
    { keepPrevious: true },
  );
  const facts = useRecentFacts(dataSourceId, draft, calls?.[0]?.id);
  const results = preview.data?.rows ?? [];
  const repeated = facts.coverage?.repeatedIds.examples.filter(({ withinCall }) => withinCall) ?? [];
  const badges = useMemo(() => badgesOf(draft, split, focused), [draft, split, focused]);
  const reveal = useRevealed(focused, chosen, (row) => placeOfFocused(draft, split, row));

  const toFix = results
    .filter(({ row, problem }) => problem && (row === 'id' || row === 'title' || problem.code !== 'nothing'))
    .map(({ row }) => rowLabel(draft, row));

  function pick(node: PayloadNode) {
    editor.edit({ row: focused, pick: pickFor(node, focused === 'split' ? '' : split, focused) });
  }

  const faultyRow = rowPaths(draft).find(({ row }) => saving.problem?.path === `mapping.${row}`)?.row;
  useEffect(() => {
    if (faultyRow !== undefined) editor.focus(faultyRow);
  }, [editor, faultyRow]);

  async function save(evenIfEmpty = false) {
    const mapping = mappingOf(draft);
    setTried(draft);
    if (await saveKept((basedOn) => saving.save(mapping, basedOn, evenIfEmpty))) editor.saved(mapping);
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
          unwrap={unwrapping.unwrap}
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
            {repeated.length > 0 && (
              <ProblemNotice
                tone="warn"
                what={text.mapping.repeatedIds(repeated.length)}
                why={
                  <>
                    {text.mapping.repeatedIdsWhy}{' '}
                    <PayloadText
                      text={repeated
                        .slice(0, idsNamed)
                        .map(({ externalId }) => externalId)
                        .join(', ')}
                    />
                  </>
                }
              />
            )}
            {preview.problem && (
              <ProblemNotice
                what={text.mapping.noPreview}
                why={preview.problem.message}
                action={{ label: text.problems.tryAgain, onPress: preview.refetch }}
              />
            )}
          </div>
          <MappingFactsContext value={facts}>
            <MappingRows editor={editor} results={results} events={start.events} />
          </MappingFactsContext>
          {preview.data && chosen !== undefined && (
            <ResultItems items={preview.data.items} itemCount={preview.data.itemCount} />
          )}
        </div>
        <LinkLine area={area} />
      </div>
      <SaveBar
        editor={editor}
        saving={saving}
        isCurrent={draft === tried}
        toFix={toFix}
        waiting={dataSource.counts.waiting}
        hasMapping={dataSource.hasMapping}
        onSave={() => void save()}
        onCancel={() => void cancelKept(saving.cancel)}
        onSaveEmpty={() => void save(true)}
        onViewData={onViewData}
        onTakeOther={props.onTakeOther}
        dryRun={dryRun}
        isTried={draft === dryTried}
        onTry={() => {
          setDryTried(draft);
          dryRun.run(mappingOf(draft));
        }}
      />
    </div>
  );
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
