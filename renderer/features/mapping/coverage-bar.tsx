// In how many of the recent calls a row yields a value: a thin bar, with the numbers on hover and for screen readers.
import { Tooltip } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { RowCoverage } from '#contract';
import { text } from '../../text/en.ts';
import classes from './mapping-rows.module.css';

const eventsShown = 8;

export function CoverageBar({ coverage }: { coverage: RowCoverage }) {
  const { calls, items, byEvent } = coverage;
  if (calls.total === 0) return null;
  // One element without a value must not make a call of 500 look empty.
  const isSplit = items.total > calls.total;
  const events = byEvent.length > 1 ? byEvent.slice(0, eventsShown) : [];
  const types = coverage.types.map(({ type }) => text.mapping.valueTypes[type]);
  const lines = [
    ...(isSplit
      ? [
          text.mapping.coverageItems(items.yielded, items.total),
          text.mapping.coverageWhole(calls.yielded, calls.total),
        ]
      : [text.mapping.coverage(calls.yielded, calls.total)]),
    ...events.map((event) => text.mapping.coverageEvent(event.eventType, event.yielded, event.total)),
    ...(coverage.typeChanges ? [text.mapping.typeChanges(types)] : []),
  ];
  const share = isSplit ? items.yielded / items.total : calls.yielded / calls.total;
  return (
    <Tooltip label={lines.join('\n')} multiline className={classes.coverageNumbers}>
      <span
        role="img"
        aria-label={lines.join('. ')}
        className={classes.coverage}
        data-tone={share === 1 ? 'good' : share >= 0.5 ? 'warn' : 'bad'}
        style={{ '--share': share } as CSSProperties}
      />
    </Tooltip>
  );
}
