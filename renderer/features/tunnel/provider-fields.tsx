// The fields of one provider: the host of localtunnel, where a program stands and which version it is, the fixed URL.

import { TextInput } from '@mantine/core';
import type { TunnelProvider, TunnelSettings } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';
import styles from './tunnel-settings-form.module.css';
import { TunnelTokenField } from './tunnel-token-field.tsx';

const words = text.tunnel;

type TextField =
  | 'host'
  | 'subdomain'
  | 'fixedUrl'
  | 'cloudflaredPath'
  | 'cloudflaredTunnel'
  | 'cloudflaredUrl'
  | 'ngrokPath';

const fields: Record<TunnelProvider, TextField[]> = {
  localtunnel: ['host', 'subdomain'],
  cloudflared: ['cloudflaredPath', 'cloudflaredTunnel', 'cloudflaredUrl'],
  ngrok: ['ngrokPath'],
  fixed: ['fixedUrl'],
};

interface ProviderFieldsProps {
  provider: TunnelProvider;
  shown: TunnelSettings;
  errorAt: (field: TextField) => string | undefined;
  onEdit: (change: Partial<TunnelSettings>) => void;
}

export function ProviderFields({ provider, shown, errorAt, onEdit }: ProviderFieldsProps) {
  const { data, refetch } = useCall('tunnel.programs', {});
  const hasToken = data?.programs.some((each) => each.hasToken) ?? false;
  const isNamed = hasToken || shown.cloudflaredTunnel.trim() !== '';
  return (
    <>
      {(provider === 'cloudflared' || provider === 'ngrok') && <ProgramFound provider={provider} />}
      {fields[provider]
        .filter((field) => field !== 'cloudflaredUrl' || isNamed)
        .map((field) => (
          <TextInput
            key={field}
            label={words.fields[field].label}
            description={words.fields[field].about}
            placeholder={words.fields[field].example}
            value={shown[field]}
            error={errorAt(field)}
            spellCheck={false}
            dir="ltr"
            onChange={(event) => onEdit({ [field]: event.currentTarget.value })}
          />
        ))}
      {provider === 'cloudflared' && shown.cloudflaredTunnel.trim() === '' && (
        <TunnelTokenField hasToken={hasToken} onChanged={refetch} />
      )}
    </>
  );
}

/** What the engine found of the program with the saved settings. */
function ProgramFound({ provider }: { provider: TunnelProvider }) {
  const programs = useCall('tunnel.programs', {});
  useEvent('settings.changed', programs.refetch);
  const found = programs.data?.programs.find((each) => each.provider === provider);
  return (
    <p className={styles.found} role="status">
      {found === undefined
        ? words.programLooking
        : found.version === undefined
          ? found.problem
          : words.programFound(words.providers[provider], found.version, found.path ?? '')}
    </p>
  );
}
