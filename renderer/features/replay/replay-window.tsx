// The window in which calls are sent again: one that may be edited first, many that were selected, or all that fit a filter.
import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { CallChanges, CallDraft, CallEdit, CaptureFilter, ReplaySelection } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { TaskWindow } from '../../design/task-window.tsx';
import { text } from '../../text/en.ts';
import { CallEditor } from './call-editor.tsx';
import { CaptureFilterFields } from './capture-filter-fields.tsx';
import { ChangeFields, changesOf, noChanges } from './change-fields.tsx';
import { ReplayChoiceFields } from './replay-choice-fields.tsx';
import { editedFrom, editOf, firstChoice, optionsOf, type ReplayChoice, targetOf } from './replay-draft.ts';
import classes from './replay-window.module.css';

const words = text.replay;

interface WindowProps {
  onClose: () => void;
}

export function EditAndReplayWindow({ captureId, onClose }: WindowProps & { captureId: string }) {
  const { data, problem, refetch } = useCall('replays.draft', { captureId });
  if (data) return <LoadedEditor draft={data.draft} onClose={onClose} />;
  return (
    <TaskWindow title={words.windowEdit} onClose={onClose}>
      <div className={classes.window}>
        {problem ? (
          <ProblemNotice
            {...problemWords(problem, words.notRead)}
            action={{ label: text.problems.tryAgain, onPress: refetch }}
          />
        ) : (
          <Skeleton h={240} />
        )}
      </div>
    </TaskWindow>
  );
}

function LoadedEditor({ draft, onClose }: WindowProps & { draft: CallDraft }) {
  const [edited, setEdited] = useState(() => editedFrom(draft));
  const [choice, setChoice] = useState(firstChoice);
  const selection = { ids: [draft.captureId] };
  const sending = useSending({ choice, selection, edit: editOf(draft, edited), onClose });
  return (
    <TaskWindow
      title={words.windowEdit}
      onClose={onClose}
      footer={
        <Footer
          sending={sending}
          label={choice.repeat > 1 ? words.sendMany(choice.repeat) : words.send}
          onClose={onClose}
        />
      }
    >
      <div className={classes.window}>
        {sending.notice}
        <div className={classes.columns}>
          <CallEditor draft={draft} edited={edited} onChange={setEdited} />
          <ReplayChoiceFields
            choice={choice}
            onChange={setChoice}
            canSign={draft.canSign}
            isSingle
            urlFault={sending.urlFault}
          />
        </div>
      </div>
    </TaskWindow>
  );
}

export function ReplayManyWindow({ ids, onClose }: WindowProps & { ids: readonly string[] }) {
  const [choice, setChoice] = useState(firstChoice);
  const [changes, setChanges] = useState(noChanges);
  const sending = useSending({ choice, selection: { ids: [...ids] }, changes: changesOf(changes), onClose });
  return (
    <TaskWindow
      size="medium"
      title={words.windowTitle(ids.length)}
      onClose={onClose}
      footer={
        <Footer sending={sending} label={words.sendMany(ids.length * choice.repeat)} onClose={onClose} />
      }
    >
      <div className={classes.window}>
        {sending.notice}
        <ReplayChoiceFields
          choice={choice}
          onChange={setChoice}
          isSingle={false}
          urlFault={sending.urlFault}
        />
        <ChangeFields
          lines={changes}
          onChange={setChanges}
          valueFault={sending.valueFault}
          headerFault={sending.headerFault}
        />
      </div>
    </TaskWindow>
  );
}

export function ReplayByFilterWindow({ filter: first, onClose }: WindowProps & { filter: CaptureFilter }) {
  const [choice, setChoice] = useState(firstChoice);
  const [filter, setFilter] = useState(first);
  const counted = useCall('replays.count', { captures: { filter } }, { keepPrevious: true });
  const count = counted.data && !counted.previous ? counted.data.count : undefined;
  const [changes, setChanges] = useState(noChanges);
  const sending = useSending({ choice, selection: { filter }, changes: changesOf(changes), onClose });
  const queryFault = counted.problem?.code === 'query.invalid' ? counted.problem.message : undefined;
  return (
    <TaskWindow
      size="medium"
      title={words.windowByFilter}
      onClose={onClose}
      footer={
        <Footer
          sending={sending}
          label={count === undefined ? words.send : words.sendMany(count * choice.repeat)}
          disabled={count === 0 || counted.problem !== undefined}
          onClose={onClose}
        />
      }
    >
      <div className={classes.window}>
        {sending.notice}
        <CaptureFilterFields filter={filter} onChange={setFilter} queryFault={queryFault} />
        <p className={classes.about} aria-live="polite">
          {counted.problem
            ? queryFault === undefined && counted.problem.message
            : count === undefined
              ? words.counting
              : words.fits(count)}
        </p>
        <ReplayChoiceFields
          choice={choice}
          onChange={setChoice}
          isSingle={false}
          urlFault={sending.urlFault}
        />
        <ChangeFields
          lines={changes}
          onChange={setChanges}
          valueFault={sending.valueFault}
          headerFault={sending.headerFault}
        />
      </div>
    </TaskWindow>
  );
}

interface Sending {
  run(): void;
  running: boolean;
  notice: React.ReactNode;
  urlFault: string | undefined;
  valueFault: string | undefined;
  headerFault: string | undefined;
}

/** Starts the job and goes to its results. */
function useSending(input: {
  choice: ReplayChoice;
  selection: ReplaySelection;
  edit?: CallEdit | undefined;
  changes?: CallChanges | undefined;
  onClose: () => void;
}): Sending {
  const { choice, selection, edit, changes, onClose } = input;
  const start = useAction('replays.start');
  const [, navigate] = useLocation();
  const { problem } = start;
  const faultAt = (path: string) => (problem?.path?.startsWith(path) ? problem.message : undefined);
  const urlFault = faultAt('target.url');
  const valueFault = faultAt('changes.values');
  const headerFault = faultAt('changes.headers');
  return {
    async run() {
      const answer = await start.run({
        captures: selection,
        target: targetOf(choice),
        ...(edit && { edit }),
        ...(changes && { changes }),
        options: optionsOf(choice),
      });
      if (!answer) return;
      onClose();
      navigate(paths.replayJob(answer.job.id));
    },
    running: start.running,
    notice: problem && (urlFault ?? valueFault ?? headerFault) === undefined && (
      <ProblemNotice {...problemWords(problem, words.notStarted)} />
    ),
    urlFault,
    valueFault,
    headerFault,
  };
}

function Footer(props: { sending: Sending; label: string; disabled?: boolean; onClose: () => void }) {
  return (
    <div className={classes.footer}>
      <Button variant="default" onClick={props.onClose}>
        {words.cancel}
      </Button>
      <Button
        loading={props.sending.running}
        disabled={props.disabled ?? false}
        onClick={() => props.sending.run()}
      >
        {props.label}
      </Button>
    </div>
  );
}
