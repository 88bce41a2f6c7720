// One delivery: what is called, when it is tried next, and each try with its request and answer.
import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { CallOutput, Delivery } from '#contract';
import { useAction } from '../../api/use-action.ts';
import { useCall, useEvent } from '../../api/use-call.ts';
import { paths } from '../../app/paths.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { DetailHead, DetailPane, DetailPart, DetailPending, Fact, Facts } from '../../design/detail-pane.tsx';
import { formatAbsolute } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import { Countdown } from './countdown.tsx';
import { DeliveryAttempts } from './delivery-attempts.tsx';
import classes from './delivery-detail.module.css';
import { DeliveryStateBadge } from './delivery-state.tsx';
import { nextTryAt, useDestination } from './use-destinations.ts';

const words = text.deliveries;

export function DeliveryDetail({ deliveryId }: { deliveryId: string }) {
  const { data, problem, refetch } = useCall('deliveries.get', { id: deliveryId });
  useEvent('deliveries.changed', (event) => {
    if (data === undefined || event.dataSourceId === data.delivery.dataSourceId) refetch();
  });
  if (!data) return <DetailPending problem={problem} what={words.notShown} onRetry={refetch} />;
  return <DeliveryFacts {...data} onChanged={refetch} />;
}

function DeliveryFacts({
  delivery,
  attempts,
  onChanged,
}: CallOutput<'deliveries.get'> & { onChanged: () => void }) {
  return (
    <DetailPane label={words.detail}>
      <DetailHead badge={<DeliveryStateBadge state={delivery.state} />}>
        <PayloadText text={delivery.name} />
      </DetailHead>
      <p className={classes.url}>
        <strong>{delivery.method}</strong> <PayloadText text={delivery.url} />
      </p>
      <Facts>
        <Fact name={words.created}>{formatAbsolute(new Date(delivery.createdAt))}</Fact>
        {delivery.endedAt && <Fact name={words.ended}>{formatAbsolute(new Date(delivery.endedAt))}</Fact>}
        {delivery.itemId && (
          <Fact name={words.item}>
            <ItemLink delivery={delivery} />
          </Fact>
        )}
        {delivery.moduleId && delivery.runId && (
          <Fact name={words.run}>
            <Link className={classes.link} href={paths.run(delivery.moduleId, delivery.runId)}>
              {words.openRun}
            </Link>
          </Fact>
        )}
        <Fact name={words.idempotencyKey}>
          <code title={words.keyAbout}>{delivery.idempotencyKey}</code>{' '}
          <CopyButton value={delivery.idempotencyKey} label={words.copyKey} />
        </Fact>
      </Facts>
      <NextTry delivery={delivery} />
      <DeliveryActions delivery={delivery} onChanged={onChanged} />
      <DetailPart title={words.tries}>
        <DeliveryAttempts attempts={attempts} />
      </DetailPart>
    </DetailPane>
  );
}

/** An item may be of another source than the one that is called, so the link goes by the run's module where there is one. */
function ItemLink({ delivery }: { delivery: Delivery }) {
  const module = useCall(
    'modules.get',
    delivery.moduleId === undefined ? undefined : { id: delivery.moduleId },
  );
  const title = <PayloadText text={delivery.itemTitle ?? delivery.itemId ?? ''} />;
  const sourceId = module.data?.module.dataSourceId;
  if (sourceId === undefined || delivery.itemId === undefined) return title;
  return (
    <Link
      className={classes.link}
      href={`${paths.dataSource(sourceId, 'view-data')}?item=${encodeURIComponent(delivery.itemId)}`}
    >
      {title}
    </Link>
  );
}

/** When it is tried again, or why not. */
export function NextTry({ delivery }: { delivery: Delivery }) {
  const destination = useDestination(delivery.destination);
  if (delivery.state === 'sending') return <p className={classes.next}>{words.sendingNow}</p>;
  if (delivery.state !== 'waiting') return undefined;
  if (destination?.state === 'paused') return <p className={classes.next}>{words.heldBack}</p>;
  const at = nextTryAt(delivery.nextAttemptAt, destination?.heldUntil);
  return (
    <p className={classes.next}>
      {at ? <Countdown at={at} words={words.nextTry} due={words.nextTryNow} /> : words.nextTryNow}
    </p>
  );
}

function DeliveryActions({ delivery, onChanged }: { delivery: Delivery; onChanged: () => void }) {
  const retry = useAction('deliveries.retry');
  const cancel = useAction('deliveries.cancel');
  const pause = useAction('destinations.pause');
  const resume = useAction('destinations.resume');
  const destination = useDestination(delivery.destination);
  const isPaused = destination?.state === 'paused';
  // What is paused by hand lets nothing through: a retry of what waits there would change nothing.
  const isHeld = delivery.state === 'waiting' && isPaused && destination.pausedBy === 'hand';
  const canRetry =
    (delivery.state === 'waiting' && !isHeld) ||
    delivery.state === 'failed' ||
    delivery.state === 'cancelled';
  const act = async (promise: Promise<unknown>) => {
    if ((await promise) !== undefined) onChanged();
  };
  return (
    <>
      <div className={classes.buttons}>
        {canRetry && (
          <Button
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={retry.running}
            onClick={() => void act(retry.run({ id: delivery.id }))}
          >
            {delivery.state === 'waiting' ? words.retryNow : words.retry}
          </Button>
        )}
        {delivery.state === 'waiting' && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconX size={14} aria-hidden />}
            loading={cancel.running}
            onClick={() => void act(cancel.run({ id: delivery.id }))}
          >
            {words.cancel}
          </Button>
        )}
        {isHeld && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={resume.running}
            onClick={() => void act(resume.run({ destination: delivery.destination }))}
          >
            {words.resumeDestination}
          </Button>
        )}
        {!isPaused && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            title={words.pauseHint}
            leftSection={<IconPlayerPause size={14} aria-hidden />}
            loading={pause.running}
            onClick={() => void act(pause.run({ destination: delivery.destination }))}
          >
            {words.pause}
          </Button>
        )}
      </div>
      {retry.problem && <ProblemNotice {...problemWords(retry.problem, words.notRetried)} />}
      {cancel.problem && <ProblemNotice {...problemWords(cancel.problem, words.notCancelled)} />}
      {pause.problem && <ProblemNotice {...problemWords(pause.problem, words.notPaused)} />}
      {resume.problem && <ProblemNotice {...problemWords(resume.problem, words.notResumed)} />}
    </>
  );
}
