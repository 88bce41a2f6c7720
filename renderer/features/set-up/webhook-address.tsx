// The webhook URL: to copy, from where it can be reached, and the tunnel that carries it to the internet.
import { Button, TextInput } from '@mantine/core';
import { IconDeviceDesktop, IconNetwork, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import type { Connection } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { ConnectionAddressCard } from '../tunnel/address-cards.tsx';
import { useTunnelSwitch } from '../tunnel/use-tunnel-switch.ts';
import classes from './webhook-address.module.css';

const reachIcons = { computer: IconDeviceDesktop, network: IconNetwork, internet: IconWorld };

export function WebhookAddress({ connection }: { connection: Connection }) {
  const tunnel = useTunnelSwitch().state;
  const isTunnelled = connection.publicUrl !== undefined;
  const isPublic = connection.reach === 'internet';
  const Icon = reachIcons[connection.reach];
  const reach = !isTunnelled
    ? text.setUp.reach.noTunnel
    : tunnel?.status === 'degraded'
      ? text.tunnel.reachUnsure
      : text.setUp.reach[connection.reach];
  return (
    <section className={classes.address} aria-label={text.setUp.url}>
      <div className={classes.head}>
        <h2 className={classes.title}>{text.setUp.url}</h2>
        <CopyButton value={connection.inboundUrl} label={text.setUp.copy} showLabel />
      </div>
      <code className={classes.url}>{connection.inboundUrl}</code>
      <p className={classes.reach} data-public={isPublic} role="status">
        <Icon size={16} aria-hidden />
        <span>{reach}</span>
      </p>
      <ConnectionAddressCard connectionId={connection.id} />
      <TunnelStart isTunnelled={isTunnelled} />
    </section>
  );
}

function TunnelStart({ isTunnelled }: { isTunnelled: boolean }) {
  const tunnel = useTunnelSwitch();
  const settings = useCall('settings.get', {});
  useEvent('settings.changed', settings.refetch);
  const update = useAction('settings.update');
  const [edited, setEdited] = useState<string>();
  const saved = settings.data?.settings.tunnel;
  if (isTunnelled || !tunnel.state || !saved) return null;
  const hasHost = saved.provider === 'localtunnel';
  const host = edited ?? saved.host;
  const isWorking = tunnel.changing || update.running;

  async function start() {
    if (hasHost && saved && host !== saved.host) {
      const answer = await update.run({ tunnel: { host } });
      if (!answer) return;
      setEdited(undefined);
    }
    await tunnel.start();
  }

  const reason =
    tunnel.state.status !== 'off' && tunnel.state.status !== 'up' ? tunnel.state.reason : undefined;
  const problem = update.problem ?? tunnel.problem;
  return (
    <form
      className={classes.tunnel}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWorking) void start();
      }}
    >
      <div className={classes.start}>
        {hasHost && (
          <TextInput
            className={classes.host}
            label={text.tunnel.host}
            value={host}
            spellCheck={false}
            dir="ltr"
            onChange={(event) => setEdited(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="default" loading={isWorking}>
          {text.setUp.startTunnel}
        </Button>
        {tunnel.running && !isWorking && (
          <Button variant="subtle" onClick={() => void tunnel.stop()}>
            {text.setUp.stopTunnel}
          </Button>
        )}
      </div>
      {problem ? (
        <ProblemNotice {...problemWords(problem, text.tunnel.notStarted)} />
      ) : (
        reason && (
          <ProblemNotice
            tone={tunnel.state.status === 'connecting' ? 'info' : 'warn'}
            what={text.tunnel.states[tunnel.state.status]}
            why={reason}
          />
        )
      )}
    </form>
  );
}
