// The actions of a run in order; one that was made shows its delivery with every try when it is opened.
import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { RunStep } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { DeliveryAttempts } from '../deliveries/delivery-attempts.tsx';
import { NextTry } from '../deliveries/delivery-detail.tsx';
import { PayloadText } from '../payload/payload-text.tsx';
import { StepStateBadge } from './run-state.tsx';
import classes from './runs.module.css';

const words = text.runs;

export function RunSteps({ steps }: { steps: readonly RunStep[] }) {
  if (steps.length === 0) return <p className={classes.muted}>{words.noSteps}</p>;
  // One action is what one came to see; of several, those that ask for attention.
  return (
    <ol className={classes.steps}>
      {steps.map((step, index) => (
        <Step
          key={step.stepId}
          step={step}
          number={index + 1}
          startsOpen={steps.length === 1 || step.state === 'failed' || step.state === 'waiting'}
        />
      ))}
    </ol>
  );
}

function Step({ step, number, startsOpen }: { step: RunStep; number: number; startsOpen: boolean }) {
  const [isOpen, setOpen] = useState(startsOpen);
  const head = (
    <>
      <span className={classes.number}>{number}</span>
      <strong className={classes.stepName}>
        <PayloadText text={step.name} />
      </strong>
      <StepStateBadge state={step.state} />
      {step.reason && <span className={classes.reason}>{step.reason}</span>}
    </>
  );
  if (step.deliveryId === undefined) {
    return (
      <li className={classes.step}>
        <div className={classes.stepHead}>{head}</div>
      </li>
    );
  }
  return (
    <li className={classes.step}>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.stepHead}>
          <IconChevronRight className={classes.chevron} size={16} aria-hidden />
          {head}
        </summary>
        {isOpen && <StepDelivery deliveryId={step.deliveryId} />}
      </details>
    </li>
  );
}

function StepDelivery({ deliveryId }: { deliveryId: string }) {
  const { data, problem, refetch } = useCall('deliveries.get', { id: deliveryId });
  useEvent('deliveries.changed', (event) => {
    if (data === undefined || event.dataSourceId === data.delivery.dataSourceId) refetch();
  });
  if (problem) return <ProblemNotice {...problemWords(problem, text.deliveries.notShown)} />;
  if (!data) {
    return (
      <div className={classes.delivery} aria-busy>
        <Skeleton className={classes.skeleton} />
      </div>
    );
  }
  const { delivery, attempts } = data;
  return (
    <div className={classes.delivery}>
      <p className={classes.words}>
        <code className={classes.code}>
          {delivery.method} <PayloadText text={delivery.url} />
        </code>
      </p>
      <div className={classes.deliveryLine}>
        <NextTry delivery={delivery} />
        <Link className={classes.link} href={paths.delivery(delivery.id)}>
          {words.openDelivery}
        </Link>
      </div>
      <DeliveryAttempts attempts={attempts} />
    </div>
  );
}
