// The token of a named cloudflared tunnel: set, replaced, removed; never shown.
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../api/use-action.ts';
import { text } from '../../text/en.ts';
import { useWeakStore } from '../weak-store/use-weak-store.ts';
import { WeakStoreNotice } from '../weak-store/weak-store-notice.tsx';
import styles from './tunnel-settings-form.module.css';

const words = text.tunnel.token;

export function TunnelTokenField({ hasToken, onChanged }: { hasToken: boolean; onChanged: () => void }) {
  const [typed, setTyped] = useState('');
  const action = useAction('tunnel.setToken');
  const weakStore = useWeakStore(typed !== '');

  async function keep(token: string) {
    if (!(await action.run({ token }))) return;
    setTyped('');
    onChanged();
  }

  return (
    <>
      <div className={styles.token}>
        <PasswordInput
          className={styles.tokenInput}
          label={words.label}
          description={hasToken ? words.isSet : words.about}
          placeholder={hasToken ? words.replace : ''}
          value={typed}
          error={action.problem?.message}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': words.reveal }}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {typed !== '' && (
          <Button
            variant="default"
            loading={action.running}
            disabled={weakStore.asks}
            onClick={() => void keep(typed)}
          >
            {words.keep}
          </Button>
        )}
        {hasToken && typed === '' && (
          <Button variant="subtle" loading={action.running} onClick={() => void keep('')}>
            {words.remove}
          </Button>
        )}
      </div>
      <WeakStoreNotice store={weakStore} />
    </>
  );
}
