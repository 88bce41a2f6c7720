// The settings of the tunnel: which provider with its own fields, who takes over when it stays down, start with the application.

import { MultiSelect, NumberInput, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import type { TunnelProvider, TunnelSettings } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { ActionButton } from '../../design/action-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemAt, problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { ProviderFields } from './provider-fields.tsx';
import styles from './tunnel-settings-form.module.css';

const words = text.tunnel;
const choices = Object.entries(words.providers).map(([value, label]) => ({ value, label }));
const fieldsWithErrors = [
  'host',
  'subdomain',
  'fixedUrl',
  'cloudflaredPath',
  'cloudflaredTunnel',
  'cloudflaredUrl',
  'ngrokPath',
] as const;
/** A list inside a popover must not count as a press outside of it. */
const inPlace = { withinPortal: false };

export function TunnelSettingsForm() {
  const settings = useCall('settings.get', {});
  useEvent('settings.changed', settings.refetch);
  const saved = settings.data?.settings.tunnel;
  const update = useAction('settings.update');
  const [edits, setEdits] = useState<Partial<TunnelSettings>>({});
  if (!saved) return null;

  const shown = { ...saved, ...edits };
  const changed = Object.keys(edits).length > 0;
  const errorAt = (key: keyof TunnelSettings) => problemAt(update.problem, `tunnel.${key}`);
  const atField = fieldsWithErrors.some(errorAt);

  function edit(change: Partial<TunnelSettings>) {
    if (!saved) return;
    const next = { ...edits, ...change };
    // What is back at its saved value is no edit.
    const kept = Object.entries(next).filter(
      ([key, value]) => JSON.stringify(saved[key as keyof TunnelSettings]) !== JSON.stringify(value),
    );
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
      <Select
        label={words.provider}
        description={words.providersAbout[shown.provider]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={choices}
        value={shown.provider}
        allowDeselect={false}
        comboboxProps={inPlace}
        onChange={(value) => value && edit({ provider: value as TunnelProvider })}
      />
      <ProviderFields provider={shown.provider} shown={shown} errorAt={errorAt} onEdit={edit} />
      <MultiSelect
        label={words.fallbacks}
        description={words.fallbacksAbout}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={shown.fallbacks.length === 0 ? words.fallbacksNone : undefined}
        data={choices.filter(({ value }) => value !== shown.provider)}
        value={shown.fallbacks.filter((each) => each !== shown.provider)}
        comboboxProps={inPlace}
        onChange={(value) => edit({ fallbacks: value as TunnelProvider[] })}
      />
      {shown.fallbacks.length > 0 && (
        <NumberInput
          label={words.fallbackAfter}
          suffix={words.seconds}
          value={shown.fallbackAfterS}
          min={10}
          max={86_400}
          allowDecimal={false}
          onChange={(value) => typeof value === 'number' && edit({ fallbackAfterS: value })}
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
