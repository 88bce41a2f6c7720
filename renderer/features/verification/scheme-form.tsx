// Chooses how calls are signed where no application says so.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ChosenScheme, ConnectionVerification } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './secret-form.module.css';

const words = text.verification;

type Kind = ChosenScheme['kind'];

/** Everything that any kind asks for; what a kind does not use is kept while the kind is switched. */
interface Draft {
  kind: Kind;
  header: string;
  prefix: string;
  algorithm: 'sha1' | 'sha256' | 'sha512';
  encoding: 'hex' | 'base64';
}

function draftOf(chosen: ChosenScheme | undefined): Draft {
  return { kind: 'hmac', header: '', prefix: '', algorithm: 'sha256', encoding: 'hex', ...chosen } as Draft;
}

function schemeOf({ kind, header, prefix, algorithm, encoding }: Draft): ChosenScheme {
  const withPrefix = prefix === '' ? {} : { prefix };
  switch (kind) {
    case 'hmac':
      return { kind, header, algorithm, encoding, ...withPrefix };
    case 'token':
      return { kind, header, ...withPrefix };
    default:
      return { kind };
  }
}

interface SchemeFormProps {
  verification: ConnectionVerification;
  onDone: () => void;
  onCancel: () => void;
}

export function SchemeForm({ verification, onDone, onCancel }: SchemeFormProps) {
  const { connectionId: id, chosen, secrets } = verification;
  const [draft, setDraft] = useState(() => draftOf(chosen));
  const action = useAction('connections.setVerification');
  const edit = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    action.clear();
  };
  const errorAt = (field: string) => problemAt(action.problem, `scheme.${field}`);
  const atField = errorAt('header') ?? errorAt('prefix');
  const hasHeader = draft.kind === 'hmac' || draft.kind === 'token';

  async function save(scheme: ChosenScheme | undefined) {
    const answer = await action.run({ id, ...(scheme ? { scheme } : {}) });
    if (answer) onDone();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(schemeOf(draft));
      }}
    >
      <NativeSelect
        label={words.scheme}
        description={words.schemeAbout[draft.kind]}
        value={draft.kind}
        onChange={(event) => edit({ kind: event.currentTarget.value as Kind })}
        data={(['hmac', 'standardWebhooks', 'token', 'basic'] as const).map((value) => ({
          value,
          label: words.schemes[value],
        }))}
      />
      {hasHeader && (
        <div className={classes.fields}>
          <TextInput
            label={words.header}
            placeholder={draft.kind === 'hmac' ? 'X-Signature' : 'Authorization'}
            value={draft.header}
            error={errorAt('header')}
            spellCheck={false}
            onChange={(event) => edit({ header: event.currentTarget.value })}
          />
          <TextInput
            label={words.prefix}
            placeholder={draft.kind === 'hmac' ? 'sha256=' : 'Bearer '}
            value={draft.prefix}
            error={errorAt('prefix')}
            spellCheck={false}
            onChange={(event) => edit({ prefix: event.currentTarget.value })}
          />
        </div>
      )}
      {draft.kind === 'hmac' && (
        <div className={classes.fields}>
          <NativeSelect
            label={words.algorithm}
            value={draft.algorithm}
            onChange={(event) => edit({ algorithm: event.currentTarget.value as Draft['algorithm'] })}
            data={[
              { value: 'sha256', label: 'SHA-256' },
              { value: 'sha512', label: 'SHA-512' },
              { value: 'sha1', label: 'SHA-1' },
            ]}
          />
          <NativeSelect
            label={words.encoding}
            value={draft.encoding}
            onChange={(event) => edit({ encoding: event.currentTarget.value as Draft['encoding'] })}
            data={[
              { value: 'hex', label: words.hex },
              { value: 'base64', label: 'Base64' },
            ]}
          />
        </div>
      )}
      {action.problem && atField === undefined && (
        <ProblemNotice {...problemWords(action.problem, words.schemeNotSaved)} />
      )}
      <div className={classes.actions}>
        <Button
          type="submit"
          size="xs"
          loading={action.running}
          disabled={hasHeader && draft.header.trim() === ''}
        >
          {words.save}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {words.cancel}
        </Button>
        {chosen && (
          <Button size="xs" variant="subtle" color="red" onClick={() => void save(undefined)}>
            {secrets.length > 0 ? words.dropSchemeAndSecrets : words.dropScheme}
          </Button>
        )}
      </div>
    </form>
  );
}
