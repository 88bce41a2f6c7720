// Beside the form: the item it is tried on, the request that would be sent, and Try it with the whole exchange.
import { Button, Skeleton } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { ExchangeView } from '../exchange/exchange-view.tsx';
import { PreviewItem } from '../modules/preview-item.tsx';
import { PayloadText } from '../payload/payload-text.tsx';
import { PreparedView } from '../request-parts/prepared-view.tsx';
import classes from './actions.module.css';
import type { ActionForm } from './use-action-form.ts';
import { useTrial } from './use-trial.ts';

const words = text.actions;

export function ActionSide({ dataSourceId, form }: { dataSourceId: string; form: ActionForm }) {
  const { preview, itemId } = form;
  const trial = useTrial();
  const item = preview.data?.item;
  const whole = useCall('items.get', item && { id: item.id });
  const faulty = (preview.data?.prepared.faults.length ?? 1) > 0;
  return (
    <div className={classes.sideParts}>
      <section className={classes.part} aria-label={words.preview}>
        <div className={classes.sideHead}>
          <h3 className={classes.label}>{words.preview}</h3>
          <PreviewItem
            dataSourceId={dataSourceId}
            item={whole.data?.item}
            itemId={itemId}
            onChange={form.setItemId}
          />
        </div>
        <p className={classes.hint}>{preview.data && !item ? words.noItem : words.previewAbout}</p>
        {preview.problem && (
          <ProblemNotice
            {...problemWords(preview.problem, words.noPreview)}
            action={{ label: text.problems.tryAgain, onPress: preview.refetch, busy: preview.loading }}
          />
        )}
        {preview.data ? (
          <PreparedView prepared={preview.data.prepared} />
        ) : (
          !preview.problem && <Skeleton className={classes.skeleton} />
        )}
      </section>
      <section className={classes.part} aria-label={words.tryIt}>
        <div className={classes.sideHead}>
          {trial.running ? (
            <Button variant="default" onClick={trial.cancel}>
              {words.cancelTry}
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<IconSend size={16} aria-hidden />}
              disabled={faulty}
              onClick={() => void trial.run(form.trial)}
            >
              {words.tryIt}
            </Button>
          )}
          <span className={classes.tryAbout} role="status">
            {trial.running ? words.trying : words.tryAbout}
          </span>
        </div>
        {trial.problem &&
          (trial.problem.code === 'call.cancelled' ? (
            <ProblemNotice tone="info" what={words.tryCancelled} />
          ) : (
            <ProblemNotice {...problemWords(trial.problem, words.notTried)} />
          ))}
        {trial.result && (
          <div ref={(result) => result?.scrollIntoView({ block: 'nearest' })}>
            <ExchangeView exchange={trial.result.exchange} />
          </div>
        )}
        {trial.result && trial.result.answerValues.length > 0 && (
          <section className={classes.part} aria-label={words.answerValues}>
            <h3 className={classes.label}>{words.answerValues}</h3>
            <dl className={classes.answerValues}>
              {trial.result.answerValues.map(({ field, text: value, problem }) => (
                <div key={field} className={classes.answerValue}>
                  <dt>{field}</dt>
                  <dd data-problem={problem !== undefined || undefined}>
                    <PayloadText text={problem ?? value ?? words.noValue} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </section>
    </div>
  );
}
