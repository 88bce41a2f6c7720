// Conditions with the values that they met: which held and which did not.
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { ConditionResult } from '#contract';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';
import classes from './runs.module.css';

const words = text.runs;

/** As it is called on the screens: `fields.email` is the field `email`. */
export const fieldLabel = (field: string): string => field.replace(/^fields\./, '');

export function ConditionResults({ results }: { results: readonly ConditionResult[] }) {
  if (results.length === 0) return <p className={classes.muted}>{words.noConditions}</p>;
  return (
    <ul className={classes.conditions}>
      {results.map((result, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what a run met does not change, and two conditions may be equal
        <li key={index} className={classes.condition} data-held={result.held}>
          {result.held ? (
            <IconCircleCheck size={16} aria-label={words.held} />
          ) : (
            <IconCircleX size={16} aria-label={words.notHeld} />
          )}
          <span>
            <code className={classes.code}>
              <PayloadText text={fieldLabel(result.field)} />
            </code>{' '}
            {text.modules.conditionKinds[result.is]}
            {result.value !== undefined && (
              <>
                {' '}
                <code className={classes.code}>
                  <PayloadText text={result.value} />
                </code>
              </>
            )}
            {result.matchCase && result.value !== undefined && (
              <span className={classes.muted}> · {text.modules.matchCase}</span>
            )}
          </span>
          <span className={classes.actual}>
            {words.actual}:{' '}
            {result.actual === '' ? (
              words.emptyValue
            ) : (
              <code className={classes.code}>
                <PayloadText text={result.actual} />
              </code>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
