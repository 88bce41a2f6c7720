// Types a secret in. It goes to the engine once and is forgotten here; blanks around it, which come with copying, are left out.
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { SecretPurpose } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { useWeakStore } from '../weak-store/use-weak-store.ts';
import { WeakStoreNotice } from '../weak-store/weak-store-notice.tsx';
import classes from './secret-form.module.css';

const words = text.verification;

interface SecretFormProps {
  connectionId: string;
  purpose: SecretPurpose;
  /** Beside the newest one, for a rotation. */
  add: boolean;
  label: string;
  about: string;
  placeholder?: string | undefined;
  onDone: () => void;
  onCancel: () => void;
}

export function SecretForm(props: SecretFormProps) {
  const { connectionId, purpose, add, label, about, placeholder, onDone, onCancel } = props;
  const [secret, setSecret] = useState('');
  const action = useAction('connections.setSecret');
  const weakStore = useWeakStore(true);
  const atField = problemAt(action.problem, 'secret');

  async function save() {
    const answer = await action.run({ id: connectionId, secret: secret.trim(), purpose, add });
    if (!answer) return;
    setSecret('');
    onDone();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <PasswordInput
        label={label}
        description={about}
        placeholder={placeholder}
        value={secret}
        error={atField}
        autoFocus
        autoComplete="new-password"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': words.showTyped }}
        onChange={(event) => {
          setSecret(event.currentTarget.value);
          action.clear();
        }}
      />
      {action.problem && atField === undefined && (
        <ProblemNotice {...problemWords(action.problem, words.notSet)} />
      )}
      <WeakStoreNotice store={weakStore} />
      <div className={classes.actions}>
        <Button
          type="submit"
          size="xs"
          loading={action.running}
          disabled={secret.trim() === '' || weakStore.asks}
        >
          {words.save}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
