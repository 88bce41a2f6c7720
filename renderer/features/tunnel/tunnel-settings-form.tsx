// The settings of the tunnel: which provider, its host, the wanted subdomain, a fixed URL, start with the application.

import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TunnelSettings } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import styles from './tunnel-settings-form.module.css';

const words = text.tunnel;

export function TunnelSettingsForm() {
  const settings = useCall('settings.get', {});
  useEvent('settings.changed', settings.refetch);
  const saved = settings.data?.settings.tunnel;
  const update = useAction('settings.update');
  const [edits, setEdits] = useState<Partial<TunnelSettings>>({});
  if (!saved) return null;

  const shown = { ...saved, ...edits };
  const changed = Object.keys(edits).length > 0;
  const pathOf = (key: keyof TunnelSettings) => `tunnel.${key}`;
  const errorAt = (key: keyof TunnelSettings) =>
    update.problem?.path === pathOf(key) ? update.problem.message : undefined;
  const atField = (['host', 'subdomain', 'fixedUrl'] as const).some(errorAt);

  function edit(change: Partial<TunnelSettings>) {
    if (!saved) return;
    const next = { ...edits, ...change };
    // What is back at its saved value is no edit.
    const kept = Object.entries(next).filter(([key, value]) => saved[key as keyof TunnelSettings] !== value);
    setEdits(Object.fromEntries(kept));
    update.clear();
  }

  async function save() {
    const answer = await update.run({ tunnel: edits });
    if (!answer) return false;
    setEdits({});
    settings.refetch();
    return true;
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) void save();
      }}
    >
      <div className={styles.field}>
        <span className={styles.label} id="tunnel-provider">
          {words.provider}
        </span>
        <SegmentedControl
          aria-labelledby="tunnel-provider"
          value={shown.provider}
          onChange={(value) => edit({ provider: value as TunnelSettings['provider'] })}
          data={[
            { value: 'localtunnel', label: words.providers.localtunnel },
            { value: 'fixed', label: words.providers.fixed },
          ]}
        />
      </div>
      {shown.provider === 'localtunnel' ? (
        <>
          <TextInput
            label={words.host}
            description={words.hostAbout}
            value={shown.host}
            error={errorAt('host')}
            spellCheck={false}
            onChange={(event) => edit({ host: event.currentTarget.value })}
          />
          <TextInput
            label={words.subdomain}
            description={words.subdomainAbout}
            value={shown.subdomain}
            error={errorAt('subdomain')}
            spellCheck={false}
            onChange={(event) => edit({ subdomain: event.currentTarget.value })}
          />
        </>
      ) : (
        <TextInput
          label={words.fixedUrl}
          description={words.fixedUrlAbout}
          placeholder="https://hooks.example.com"
          value={shown.fixedUrl}
          error={errorAt('fixedUrl')}
          spellCheck={false}
          onChange={(event) => edit({ fixedUrl: event.currentTarget.value })}
        />
      )}
      <Switch
        label={words.autoStart}
        checked={shown.autoStart}
        onChange={(event) => edit({ autoStart: event.currentTarget.checked })}
      />
      {update.problem && !atField && <ProblemNotice {...problemWords(update.problem, words.notSaved)} />}
      <div className={styles.foot}>
        <span className={styles.note}>{changed ? words.changeNote : ''}</span>
        <ActionButton variant="default" disabled={!changed} onPress={save}>
          {words.save}
        </ActionButton>
      </div>
    </form>
  );
}
