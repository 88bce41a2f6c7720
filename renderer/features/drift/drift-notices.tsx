// What the drift watch found on a data source: one notice a path, with the way to map it anew and a word that it is all right.
import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import type { DataSource, Drift } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import classes from './drift-notices.module.css';

export function DriftNotices({ source }: { source: DataSource }) {
  const { data, problem, refetch } = useCall('dataSources.drift', { id: source.id }, { keepPrevious: true });
  useEvent('dataSources.drifted', (event) => {
    if (event.id === source.id) refetch();
  });
  if (problem) return <ProblemNotice {...problemWords(problem)} />;
  if (!data || data.drifts.length === 0) return null;
  return (
    <section className={classes.drifts} aria-label={text.drift.title}>
      {data.drifts.map((drift) => (
        <DriftNotice key={`${drift.row} ${drift.eventType ?? ''}`} drift={drift} sourceId={source.id} />
      ))}
    </section>
  );
}

function DriftNotice({ drift, sourceId }: { drift: Drift; sourceId: string }) {
  const [, navigate] = useLocation();
  const accepting = useAction('dataSources.acceptDrift');
  const { row, eventType } = drift;
  const remap = () => {
    const place = new URLSearchParams({ call: drift.captureId, row });
    navigate(`${paths.dataSource(sourceId, 'inbound-webhook')}?${place}`);
  };
  return (
    <ProblemNotice
      tone={row === 'id' ? 'bad' : 'warn'}
      what={text.drift.what[drift.kind](drift.name)}
      why={
        <>
          {text.drift.why(drift)} {text.drift.since} <RelativeTime at={drift.since} />.
        </>
      }
      action={{ label: text.drift.remap, onPress: remap }}
    >
      <p className={classes.place}>
        <code>{drift.path}</code>
        {eventType !== undefined && <span> · {eventType}</span>}
      </p>
      {accepting.problem && <p>{accepting.problem.message}</p>}
      <Button
        size="xs"
        variant="default"
        loading={accepting.running}
        onClick={() =>
          void accepting.run({ id: sourceId, row, ...(eventType !== undefined && { eventType }) })
        }
      >
        {text.drift.accept}
      </Button>
    </ProblemNotice>
  );
}
