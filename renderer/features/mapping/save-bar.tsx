// The foot of the editor: how many calls wait, whether the draft is kept, undo and redo, Save with its progress and result.
import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconCircleCheck } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { ProblemCode } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { DryRunResult } from './dry-run-result.tsx';
import classes from './mapping-editor.module.css';
import type { MappingEditorStore } from './mapping-editor-store.ts';
import type { DryRunState } from './use-dry-run.ts';
import type { Saving } from './use-saving.ts';

interface SaveBarProps {
  editor: MappingEditorStore;
  saving: Saving;
  /** Whether the mapping is still the one that was last saved, or tried to. */
  isCurrent: boolean;
  /** The rows that stand in the way, as the screen calls them. */
  toFix: string[];
  waiting: number;
  /** Whether a mapping was saved before. */
  hasMapping: boolean;
  onSave: () => void;
  /** Takes the save back that is under way. */
  onCancel: () => void;
  /** Saves what leaves no item. */
  onSaveEmpty: () => void;
  onViewData: () => void;
  /** Throws this draft away for what another window has made. */
  onTakeOther: () => void;
  dryRun: DryRunState;
  /** Whether the result of the dry run is that of the mapping as it stands. */
  isTried: boolean;
  onTry: () => void;
}

export function SaveBar(props: SaveBarProps) {
  const { editor, saving, isCurrent, waiting, onSave, onViewData, dryRun } = props;
  const { history, kept } = useStore(editor.store);
  const { progress, running } = saving;
  const result = isCurrent ? saving.result : undefined;
  const problem = isCurrent ? saving.problem : undefined;
  return (
    <div className={classes.foot}>
      {problem && problem.code !== 'mapping.conflict' && (
        <ProblemNotice
          tone={problem.code === 'call.cancelled' ? 'info' : 'bad'}
          what={whatOf(problem.code)}
          why={whyOf(problem, props.toFix)}
        >
          {problem.code === 'mapping.yieldsNothing' && (
            <div className={classes.noticeActions}>
              <Button size="xs" variant="default" onClick={props.onSaveEmpty}>
                {text.mapping.saveEmpty}
              </Button>
            </div>
          )}
        </ProblemNotice>
      )}
      {kept === 'failed' && (
        <ProblemNotice tone="warn" what={text.mapping.draftNotKept} why={text.mapping.draftNotKeptWhy} />
      )}
      {kept === 'conflict' && (
        <ProblemNotice tone="warn" what={text.mapping.conflict} why={text.mapping.conflictWhy}>
          <div className={classes.noticeActions}>
            <Button size="xs" variant="default" onClick={props.onTakeOther}>
              {text.mapping.takeOther}
            </Button>
            <Button size="xs" variant="default" onClick={editor.insist}>
              {text.mapping.keepMine}
            </Button>
          </div>
        </ProblemNotice>
      )}
      {props.isTried && dryRun.problem && (
        <ProblemNotice
          what={dryRun.problem.code === 'mapping.invalid' ? text.mapping.invalid : text.mapping.notTried}
          why={whyOf(dryRun.problem, props.toFix)}
        />
      )}
      {props.isTried && dryRun.result && <DryRunResult result={dryRun.result} />}
      <div className={classes.bar}>
        <div className={classes.barWords} role="status">
          {running ? (
            <>
              <span>
                {progress ? text.mapping.indexing(progress.done, progress.total) : text.mapping.saving}
              </span>
              {progress && progress.total > 0 && (
                <Progress
                  className={classes.progress}
                  value={(progress.done / progress.total) * 100}
                  aria-label={text.mapping.saving}
                />
              )}
              <Button size="xs" variant="subtle" onClick={props.onCancel}>
                {text.mapping.cancel}
              </Button>
            </>
          ) : dryRun.running ? (
            <>
              <span>
                {dryRun.progress
                  ? text.mapping.tryingCalls(dryRun.progress.done, dryRun.progress.total)
                  : text.mapping.trying}
              </span>
              {dryRun.progress && dryRun.progress.total > 0 && (
                <Progress
                  className={classes.progress}
                  value={(dryRun.progress.done / dryRun.progress.total) * 100}
                  aria-label={text.mapping.trying}
                />
              )}
              <Button size="xs" variant="subtle" onClick={dryRun.stop}>
                {text.mapping.cancel}
              </Button>
            </>
          ) : result ? (
            <>
              <IconCircleCheck className={classes.good} size={16} aria-hidden />
              <span>{text.mapping.savedResult(result.indexed, result.items)}</span>
              {result.needsAttention > 0 && (
                <span className={classes.attention}>
                  {text.mapping.needsAttention(result.needsAttention)}
                </span>
              )}
            </>
          ) : waiting > 0 ? (
            text.mapping.waiting(waiting)
          ) : (
            text.mapping[props.hasMapping ? 'savedBefore' : 'everyCall']
          )}
        </div>
        <Tooltip label={text.mapping.undo}>
          <ActionIcon
            aria-label={text.mapping.undo}
            disabled={history.past.length === 0 || running}
            onClick={editor.undo}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={text.mapping.redo}>
          <ActionIcon
            aria-label={text.mapping.redo}
            disabled={history.future.length === 0 || running}
            onClick={editor.redo}
          >
            <IconArrowForwardUp size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {result && (
          <Button variant="filled" onClick={onViewData}>
            {text.mapping.viewData}
          </Button>
        )}
        <Button variant="default" disabled={running || dryRun.running} onClick={props.onTry}>
          {text.mapping.tryIt}
        </Button>
        <Button
          variant={result ? 'default' : 'filled'}
          loading={running}
          disabled={kept === 'conflict'}
          onClick={onSave}
        >
          {text.mapping.save}
        </Button>
      </div>
    </div>
  );
}

function whyOf({ code, message }: { code: ProblemCode; message: string }, toFix: string[]): string {
  return code === 'mapping.invalid' && toFix.length > 0 ? text.mapping.invalidWhy(toFix) : message;
}

function whatOf(code: ProblemCode): string {
  if (code === 'mapping.invalid') return text.mapping.invalid;
  if (code === 'mapping.yieldsNothing') return text.mapping.yieldsNothing;
  return code === 'call.cancelled' ? text.mapping.cancelled : text.mapping.notSaved;
}
