// The tunnel in one place: its state in plain words, start and stop, the address, and (folded) its settings.
import { Collapse, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../design/action-button.tsx';
import { CodeLine } from '../../design/code-line.tsx';
import { formatDuration } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { StateBadge } from '../../design/state-badge.tsx';
import { text } from '../../text/en.ts';
import { TunnelHistory } from './tunnel-history.tsx';
import styles from './tunnel-panel.module.css';
import { TunnelSettingsForm } from './tunnel-settings-form.tsx';
import { tunnelTones } from './tunnel-tones.ts';
import { useTunnelSwitch } from './use-tunnel-switch.ts';

const words = text.tunnel;

/** `folded`: the settings stand behind a disclosure, for the popover. */
export function TunnelPanel({ folded = false }: { folded?: boolean }) {
  const tunnel = useTunnelSwitch();
  const [open, setOpen] = useState(!folded);
  const { state } = tunnel;
  if (!state) return null;
  // The reason says it in full; the plain words become its headline.
  const explained = state.reason !== undefined && state.status !== 'up' && !tunnel.problem;
  const note = state.status === 'up' ? state.reason : undefined;
  const look = tunnelTones[state.status];

  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <div className={styles.words}>
          <StateBadge {...look}>{words.states[state.status]}</StateBadge>
          {!explained && <p className={styles.plain}>{words.plain[state.status]}</p>}
        </div>
        <ActionButton
          variant={tunnel.running ? 'default' : 'filled'}
          tick={false}
          loading={tunnel.changing}
          onPress={tunnel.toggle}
        >
          {tunnel.running ? words.stop : words.start}
        </ActionButton>
      </div>
      {state.publicUrl && <CodeLine value={state.publicUrl} copyLabel={words.copyUrl} />}
      {note && <ProblemNotice tone="info" what={note} />}
      {explained && (
        <ProblemNotice
          tone={state.status === 'down' ? 'bad' : state.status === 'degraded' ? 'warn' : 'info'}
          what={words.plain[state.status]}
          why={state.reason}
        />
      )}
      {tunnel.problem && (
        <ProblemNotice
          {...problemWords(tunnel.problem, tunnel.running ? words.notStopped : words.notStarted)}
        />
      )}
      {state.status !== 'off' && (
        <dl className={styles.facts}>
          <dt>{words.since}</dt>
          <dd>
            <RelativeTime at={state.since} />
          </dd>
          {state.nextTryAt && (
            <>
              <dt>{words.nextTry}</dt>
              <dd>
                <RelativeTime at={state.nextTryAt} ahead />
              </dd>
            </>
          )}
          {state.roundTripMs !== undefined && (
            <>
              <dt>{words.roundTrip}</dt>
              <dd>{formatDuration(state.roundTripMs)}</dd>
            </>
          )}
          {state.probedAt && (
            <>
              <dt>{words.reachChecked}</dt>
              <dd>
                <RelativeTime at={state.probedAt} />
              </dd>
            </>
          )}
        </dl>
      )}
      <TunnelHistory short={folded} />
      {folded ? (
        <div className={styles.fold}>
          <UnstyledButton className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight size={16} className={styles.chevron} aria-hidden />
            {words.settings}
          </UnstyledButton>
          <Collapse expanded={open}>
            <TunnelSettingsForm />
          </Collapse>
        </div>
      ) : (
        <TunnelSettingsForm />
      )}
    </div>
  );
}
