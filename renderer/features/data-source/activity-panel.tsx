// Calls over time by outcome: the chart, its legend, and the same numbers as a table.
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type Activity, type ActivitySpan, activitySpan, type Outcome } from '#contract';
import { BarChart, type ChartPart, ChartSwatch } from '../../design/bar-chart.tsx';
import { countOf, formatCount } from '../../design/formats.ts';
import { Panel } from '../../design/panel.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import classes from './activity-panel.module.css';
import { barLabel, barTime } from './activity-times.ts';
import type { useActivity } from './use-activity.ts';

const words = text.activity;

const parts: readonly (ChartPart & { key: Outcome })[] = [
  { key: 'accepted', label: text.captures.outcomes.accepted, tone: 'good', pattern: 'plain' },
  { key: 'duplicate', label: text.captures.outcomes.duplicate, tone: 'accent', pattern: 'dots' },
  { key: 'handshake', label: text.captures.outcomes.handshake, tone: 'idle', pattern: 'lines' },
  { key: 'rejected', label: text.captures.outcomes.rejected, tone: 'bad', pattern: 'stripes' },
];

interface ActivityPanelProps {
  activity: ReturnType<typeof useActivity>;
  span: ActivitySpan;
  onSpan: (span: ActivitySpan) => void;
}

export function ActivityPanel({ activity, span, onSpan }: ActivityPanelProps) {
  const [isTable, setIsTable] = useState(false);
  const { data, problem, refetch, loading } = activity;
  return (
    <Panel
      title={words.title}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={words.span}
          value={span}
          onChange={(value) => onSpan(activitySpan.parse(value))}
          data={activitySpan.options.map((value) => ({ value, label: words.spans[value] }))}
        />
      }
    >
      {problem && !data && (
        <ProblemNotice
          {...problemWords(problem, words.notRead)}
          action={{ label: text.problems.tryAgain, onPress: refetch, busy: loading }}
        />
      )}
      {!data && !problem && <Skeleton className={classes.skeleton} />}
      {data && (
        <>
          {isTable ? <ActivityTable activity={data} /> : <ActivityChart activity={data} />}
          <div className={classes.foot}>
            <ul className={classes.legend}>
              {parts.map((part) => (
                <li key={part.key} className={classes.entry}>
                  <ChartSwatch part={part} />
                  <span>{part.label}</span>
                  <span className={classes.number}>{formatCount(data.totals[part.key])}</span>
                </li>
              ))}
            </ul>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setIsTable(!isTable)}>
              {isTable ? words.asChart : words.asTable}
            </Button>
          </div>
        </>
      )}
    </Panel>
  );
}

function ActivityChart({ activity }: { activity: Activity }) {
  const all = parts.reduce((sum, { key }) => sum + activity.totals[key], 0);
  return (
    <BarChart
      label={words.chart(all, words.spans[activity.span])}
      parts={parts}
      hint={all === 0 ? words.none : words.hint}
      bars={activity.bars.map((bar) => ({
        key: bar.from,
        label: barLabel(bar, activity.span),
        words: `${barTime(bar, activity.span)}: ${numbersOf(bar)}`,
        values: parts.map(({ key }) => bar[key]),
      }))}
    />
  );
}

function numbersOf(bar: Activity['bars'][number]): string {
  const there = parts.filter(({ key }) => bar[key] > 0);
  if (there.length === 0) return countOf(0, 'call', 'calls');
  return there.map(({ key, label }) => `${formatCount(bar[key])} ${label.toLowerCase()}`).join(', ');
}

function ActivityTable({ activity }: { activity: Activity }) {
  const rows = activity.bars.filter((bar) => parts.some(({ key }) => bar[key] > 0)).reverse();
  if (rows.length === 0) return <p className={classes.none}>{words.none}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{words.from}</th>
          {parts.map(({ key, label }) => (
            <th key={key} scope="col" className={classes.number}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((bar) => (
          <tr key={bar.from}>
            <th scope="row">{barTime(bar, activity.span)}</th>
            {parts.map(({ key }) => (
              <td key={key} className={classes.number}>
                {formatCount(bar[key])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
