// "Outgoing Configuration": the form on the left, the doctor on the right.
import { Skeleton, TextInput } from '@mantine/core';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { WindowHalves } from '../../design/window-halves.tsx';
import { text } from '../../text/en.ts';
import { AuthorizationFields } from './authorization-fields.tsx';
import classes from './connections.module.css';
import { DoctorPanel } from './doctor-panel.tsx';
import { MoreFields } from './more-fields.tsx';
import type { OutgoingForm } from './use-outgoing-form.ts';

const words = text.connections;

export function OutgoingTab({ form }: { form: OutgoingForm }) {
  const { reading, draft, doctor, faultAt } = form;
  if (!reading.data) {
    return (
      <div className={classes.padded}>
        {reading.problem ? (
          <ProblemNotice
            {...problemWords(reading.problem, words.notRead)}
            action={{ label: text.problems.tryAgain, onPress: reading.refetch, busy: reading.loading }}
          />
        ) : (
          [1, 2, 3].map((row) => <Skeleton key={row} className={classes.skeleton} />)
        )}
      </div>
    );
  }
  const fields = {
    draft,
    secrets: form.secrets,
    saved: form.saved,
    faultAt,
    onEdit: form.edit,
    onSecrets: form.editSecrets,
  };

  function allow(target: string) {
    const allowedTargets = [...new Set([...draft.allowedTargets, target])];
    form.edit({ allowedTargets });
    form.test({ allowedTargets });
  }

  return (
    <WindowHalves
      side={
        <DoctorPanel
          doctor={doctor}
          onTest={form.canBeCalled ? () => form.test() : undefined}
          onAllow={allow}
        />
      }
    >
      {form.wasKept && (
        <ProblemNotice
          tone="info"
          what={words.restored}
          action={{ label: words.discard, onPress: form.discard }}
        />
      )}
      <TextInput
        label={words.baseUrl}
        description={words.baseUrlAbout}
        placeholder={words.baseUrlPlaceholder}
        value={draft.baseUrl}
        error={faultAt('baseUrl') ?? form.isRefused}
        maxLength={2000}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        onChange={(event) => form.edit({ baseUrl: event.currentTarget.value })}
      />
      <AuthorizationFields {...fields} />
      <MoreFields {...fields} />
    </WindowHalves>
  );
}
