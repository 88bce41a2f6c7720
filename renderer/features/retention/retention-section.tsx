// Retention: the rules of each outcome beside what is stored, what would go under them, and what was deleted so far.
import { Button, Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Retention, RetentionRules } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { formatBytes } from '../../design/formats.ts';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import classes from './retention-section.module.css';
import { draftOf, outcomeOrder, type RulesDraft, rulesOf, sameRules } from './rule-draft.ts';
import { RuleRow } from './rule-row.tsx';

const words = text.retention;
const typingMs = 250;

export function RetentionSection({ dataSourceId }: { dataSourceId: string }) {
  const { data, problem, refetch, loading } = useCall('retention.get', { dataSourceId });
  useEvent('dataSources.changed', (event) => {
    if (event.id === dataSourceId) refetch();
  });
  if (problem && !data) {
    return (
      <div className={classes.screen}>
        <ProblemNotice
          {...problemWords(problem, words.notRead)}
          action={{ label: text.problems.tryAgain, onPress: refetch, busy: loading }}
        />
      </div>
    );
  }
  return (
    <div className={classes.screen}>
      <div>
        <h2 className={classes.title}>{words.title}</h2>
        <p className={classes.about}>{words.about}</p>
        <p className={classes.about}>{words.held}</p>
      </div>
      {data ? (
        <RetentionForm dataSourceId={dataSourceId} retention={data.retention} onSaved={refetch} />
      ) : (
        <Skeleton className={classes.skeleton} />
      )}
    </div>
  );
}

interface RetentionFormProps {
  dataSourceId: string;
  retention: Retention;
  onSaved: () => void;
}

function RetentionForm({ dataSourceId, retention, onSaved }: RetentionFormProps) {
  const [edited, setEdited] = useState<RulesDraft>();
  const save = useAction('retention.set');
  const draft = edited ?? draftOf(retention.rules);
  const rules = rulesOf(draft);
  const isChanged = edited !== undefined && (!rules || !sameRules(rules, retention.rules));
  const preview = usePreview(dataSourceId, isChanged ? rules : undefined);
  const goes = preview.data?.preview.total.calls ?? 0;

  async function run() {
    if (!rules) return;
    const answer = await save.run({ dataSourceId, rules });
    if (!answer) return;
    setEdited(undefined);
    onSaved();
  }

  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged && rules) void run();
        }}
      >
        <ul className={classes.rules}>
          {outcomeOrder.map((outcome) => (
            <RuleRow
              key={outcome}
              outcome={outcome}
              stored={retention.stored[outcome]}
              rule={draft[outcome]}
              onChange={(rule) => setEdited({ ...draft, [outcome]: rule })}
            />
          ))}
        </ul>
        <StoredTotal retention={retention} />
        {isChanged && rules && <Preview preview={preview} />}
        {save.problem && <ProblemNotice {...problemWords(save.problem, words.notSaved)} />}
        <div className={classes.foot}>
          <Sweeping dataSourceId={dataSourceId} retention={retention} />
          <div className={classes.buttons}>
            {isChanged && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  setEdited(undefined);
                  save.clear();
                }}
              >
                {words.discard}
              </Button>
            )}
            <Button
              type="submit"
              disabled={!isChanged || !rules || (!preview.data && !preview.problem)}
              loading={save.running}
            >
              {isChanged && goes > 0 ? words.saveAndDelete(goes) : words.save}
            </Button>
          </div>
        </div>
      </form>
    </Panel>
  );
}

/** Asked when the typing rests; the last numbers stay while the next are counted only if the rules are the same. */
function usePreview(dataSourceId: string, rules: RetentionRules | undefined) {
  const wanted = rules && JSON.stringify(rules);
  const [rested] = useDebouncedValue(wanted, typingMs);
  const asked = wanted !== undefined && rested === wanted ? rules : undefined;
  return useCall('retention.preview', asked && { dataSourceId, rules: asked });
}

function Preview({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { data, problem } = preview;
  if (problem) return <ProblemNotice {...problemWords(problem, words.previewNotRead)} />;
  const { total, heldBack, pinned } = data?.preview ?? {};
  return (
    <section className={classes.preview} aria-label={words.preview} aria-busy={!data}>
      <h3 className={classes.previewTitle}>{words.preview}</h3>
      <p className={classes.previewWords} role="status">
        {!total
          ? words.previewing
          : total.calls === 0
            ? words.goesNothing
            : words.goes(total.calls, formatBytes(total.bytes))}
      </p>
      {heldBack !== undefined && heldBack > 0 && <p className={classes.about}>{words.heldBack(heldBack)}</p>}
      {pinned !== undefined && pinned > 0 && <p className={classes.about}>{words.pinned(pinned)}</p>}
    </section>
  );
}

function StoredTotal({ retention }: { retention: Retention }) {
  const all = Object.values(retention.stored);
  const calls = all.reduce((sum, volume) => sum + volume.calls, 0);
  const bytes = all.reduce((sum, volume) => sum + volume.bytes, 0);
  return (
    <p className={classes.total}>
      <strong>{words.total}</strong>
      <span className={classes.stored}>{words.storedWords(calls, formatBytes(bytes))}</span>
    </p>
  );
}

function Sweeping({ dataSourceId, retention }: { dataSourceId: string; retention: Retention }) {
  const [under, setUnder] = useState<{ calls: number; bytes: number }>();
  useEvent('retention.swept', (event) => {
    if (event.dataSourceId === dataSourceId) setUnder(event.done ? undefined : event);
  });
  const { deleted } = retention;
  return (
    <p className={classes.about} role="status">
      {under ? (
        words.sweeping(under.calls, formatBytes(under.bytes))
      ) : deleted.lastAt ? (
        <>
          {words.deleted(deleted.calls, formatBytes(deleted.bytes))} <RelativeTime at={deleted.lastAt} />
        </>
      ) : (
        words.unchanged
      )}
    </p>
  );
}
