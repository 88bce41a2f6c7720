// The foot of the set-up window over "Outgoing Configuration": how it stands, "Keep as draft", "Save".
import { Button } from '@mantine/core';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import classes from './connections.module.css';
import type { OutgoingForm } from './use-outgoing-form.ts';

const words = text.connections;

export function OutgoingFooter({ form }: { form: OutgoingForm }) {
  const { saved, save, changed, doctor } = form;
  const isDraft = saved?.state === 'draft';
  const mayKeep = changed || (save.problem !== undefined && !isDraft);
  return (
    <div className={classes.foot}>
      <div className={classes.footState} role="status">
        <OutgoingState saved={saved} />
        {doctor.running && save.running && <span>{words.saving}</span>}
      </div>
      {mayKeep && (
        <Button variant="default" disabled={save.running} onClick={() => void form.store(true)}>
          {words.keepDraft}
        </Button>
      )}
      <Button loading={save.running} disabled={!form.reading.data} onClick={() => void form.store(false)}>
        {words.save}
      </Button>
    </div>
  );
}

/** Not set, a draft, or passed and when. */
export function OutgoingState({ saved }: { saved: OutgoingForm['saved'] }) {
  if (!saved) return <StateBadge tone="idle">{words.states.none}</StateBadge>;
  if (saved.state === 'draft') {
    return (
      <StateBadge tone="warn" title={words.draftState}>
        {words.states.draft}
      </StateBadge>
    );
  }
  return (
    <span className={classes.passed}>
      <StateBadge tone="good">{words.states.passed}</StateBadge>
      {saved.passedAt && <RelativeTime at={saved.passedAt} />}
    </span>
  );
}
