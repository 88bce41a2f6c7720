// "Facts, answer and limits" of a connection: what holds now, and the form that changes it.
import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { BroughtFacts, Receiving } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import classes from './receiving.module.css';
import { contentTypeOf, mibOf } from './receiving-draft.ts';
import { ReceivingForm } from './receiving-form.tsx';

const words = text.receiving;
const usualMaxMib = 25;

export function ReceivingPanel({ connectionId }: { connectionId: string }) {
  const { data, problem, refetch } = useCall('connections.receiving', { id: connectionId });
  useEvent('connections.changed', (event) => {
    if (event.id === connectionId) refetch();
  });
  const [editing, setEditing] = useState(false);
  if (!data) {
    return problem ? (
      <ProblemNotice
        {...problemWords(problem, words.notRead)}
        action={{ label: text.problems.tryAgain, onPress: refetch }}
      />
    ) : (
      <Skeleton className={classes.skeleton} />
    );
  }
  const { receiving, brings, refused } = data;
  return (
    <section className={classes.panel} aria-label={words.title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{words.title}</h2>
        {!editing && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {words.change}
          </Button>
        )}
      </div>
      {editing ? (
        <ReceivingForm
          connectionId={connectionId}
          receiving={receiving}
          brings={brings}
          onDone={() => {
            setEditing(false);
            refetch();
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <Facts receiving={receiving} brings={brings} />
      )}
      {refused && (
        <p className={classes.refused}>
          {words.refused(refused.calls)} <RelativeTime at={refused.lastAt} />.
        </p>
      )}
    </section>
  );
}

function Facts({ receiving, brings }: { receiving: Receiving; brings: BroughtFacts }) {
  const { answer, callsPerMinute, maxBodyBytes, eventTypeAt, deliveryIdAt } = receiving;
  const rows = [
    [words.eventTypeAt, brings.eventType ? words.brought : (eventTypeAt ?? words.nowhere)],
    [words.deliveryIdAt, brings.deliveryId ? words.brought : (deliveryIdAt ?? words.nowhere)],
    [words.answer, answer ? words.ownWith(answer.status, contentTypeOf(answer)) : words.usual],
    [
      words.rate,
      callsPerMinute === undefined ? words.noLimit : words.rateSet(callsPerMinute.toLocaleString('en')),
    ],
    [
      words.sizeLabel,
      words.sizeSet((maxBodyBytes === undefined ? usualMaxMib : mibOf(maxBodyBytes)).toLocaleString('en')),
    ],
  ] as const;
  return (
    <dl className={classes.facts}>
      {rows.map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
