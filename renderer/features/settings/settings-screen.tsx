// The settings of the whole application: appearance, tunnel, backups, and what runs.
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useAction } from '../../api/use-action.ts';
import { useCall } from '../../api/use-call.ts';
import { CodeLine } from '../../design/code-line.tsx';
import { PageHeader } from '../../design/page-header.tsx';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { BackupsPanel } from '../backups/backups-panel.tsx';
import { useStatus } from '../status-bar/use-status.ts';
import { TunnelPanel } from '../tunnel/tunnel-panel.tsx';
import styles from './settings-screen.module.css';

const words = text.settings;
const themes = ['system', 'light', 'dark'] as const;

export function SettingsScreen() {
  const settings = useCall('settings.get', {});
  const update = useAction('settings.update');
  const status = useStatus();

  async function choose(theme: (typeof themes)[number]) {
    await update.run({ theme });
    settings.refetch();
  }

  if (!settings.data) {
    return (
      <>
        <PageHeader title={words.title} about={words.about} />
        <div className={styles.panels}>
          {settings.problem ? (
            <ProblemNotice
              {...problemWords(settings.problem, words.failed)}
              action={{ label: text.problems.tryAgain, onPress: settings.refetch, busy: settings.loading }}
            />
          ) : (
            <>
              <Skeleton height={96} />
              <Skeleton height={280} />
            </>
          )}
        </div>
      </>
    );
  }

  return (
    <>
      <PageHeader title={words.title} about={words.about} />
      <div className={styles.panels}>
        {update.problem && <ProblemNotice {...problemWords(update.problem, words.notSaved)} />}
        <Panel title={words.appearance}>
          <div className={styles.row}>
            <span className={styles.label} id="settings-theme">
              {words.theme}
            </span>
            <SegmentedControl
              aria-labelledby="settings-theme"
              value={settings.data.settings.theme}
              onChange={(value) => void choose(value as (typeof themes)[number])}
              data={themes.map((value) => ({ value, label: words.themes[value] }))}
            />
          </div>
        </Panel>
        <Panel title={text.tunnel.title}>
          <p className={styles.about}>{text.tunnel.about}</p>
          <TunnelPanel />
        </Panel>
        <BackupsPanel settings={settings.data.settings.backups} onSaved={settings.refetch} />
        {status && (
          <Panel title={words.running}>
            <div className={styles.row}>
              <span className={styles.label}>{words.version}</span>
              <span>{`${text.product} ${status.version}`}</span>
            </div>
            <div className={styles.row}>
              <span className={styles.label}>{words.receiver}</span>
              <div className={styles.value}>
                <CodeLine value={status.receiver.url} copyLabel={words.copyReceiver} />
              </div>
            </div>
          </Panel>
        )}
      </div>
    </>
  );
}
