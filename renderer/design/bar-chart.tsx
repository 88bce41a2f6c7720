// Stacked bars over time, as one drawing: each part has a colour and a pattern of its own, the numbers of a bar are read
// below it, by pointer or arrow keys. A table with the same numbers belongs beside it; the caller shows it.
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, useId, useState } from 'react';
import styles from './bar-chart.module.css';
import { labelled, scaleTop, stack } from './bar-chart-model.ts';
import { formatCompact } from './formats.ts';

export type ChartPattern = 'plain' | 'stripes' | 'dots' | 'lines';

export interface ChartPart {
  key: string;
  label: string;
  tone: 'good' | 'bad' | 'idle' | 'accent';
  pattern: ChartPattern;
}

export interface ChartBar {
  key: string;
  /** Below the chart. */
  label: string;
  /** What is read out: its time and its numbers. */
  words: string;
  /** In the order of the parts, the first at the foot. */
  values: readonly number[];
}

const height = 148;
const labelWidth = 72;
const scaleWidth = 36;
const leastSize = 3;
const gap = 2;

export function BarChart({
  label,
  parts,
  bars,
  hint,
}: {
  label: string;
  parts: readonly ChartPart[];
  bars: readonly ChartBar[];
  /** Shown while no bar is chosen. */
  hint: string;
}) {
  const id = useId();
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState<number>();
  const top = scaleTop(
    Math.max(0, ...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0))),
  );
  const room = Math.max(0, width - scaleWidth);
  const slot = bars.length === 0 ? 0 : room / bars.length;
  const patternOf = (part: ChartPart) => `${id}-${part.key}`;
  const active = chosen === undefined ? undefined : bars[chosen];

  function onKeyDown(event: KeyboardEvent) {
    const last = bars.length - 1;
    const next = {
      ArrowLeft: Math.max(0, (chosen ?? bars.length) - 1),
      ArrowRight: Math.min(last, (chosen ?? last - 1) + 1),
      Home: 0,
      End: last,
      Escape: undefined,
    };
    if (!Object.hasOwn(next, event.key)) return;
    event.preventDefault();
    setChosen(next[event.key as keyof typeof next]);
  }

  return (
    <figure className={styles.chart} ref={ref}>
      <div
        className={styles.reader}
        role="slider"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, bars.length - 1)}
        aria-valuenow={chosen ?? Math.max(0, bars.length - 1)}
        aria-valuetext={active?.words ?? hint}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setChosen(undefined)}
        onPointerLeave={() => setChosen(undefined)}
      >
        <svg className={styles.drawing} aria-hidden="true" width="100%" height={height + 24}>
          <defs>
            {parts.map((part) => (
              <Pattern key={part.key} id={patternOf(part)} part={part} />
            ))}
          </defs>
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <line
                className={styles.rule}
                x1={scaleWidth}
                x2={scaleWidth + room}
                y1={height - share * (height - 8)}
                y2={height - share * (height - 8)}
              />
              <text
                className={styles.mark}
                x={scaleWidth - 6}
                y={height - share * (height - 8) + 4}
                textAnchor="end"
              >
                {formatCompact(top * share)}
              </text>
            </g>
          ))}
          {bars.map((bar, index) => {
            const x = scaleWidth + index * slot;
            return (
              <g key={bar.key} className={styles.bar} data-chosen={index === chosen}>
                <rect
                  className={styles.ground}
                  x={x}
                  y={0}
                  width={slot}
                  height={height}
                  onPointerEnter={() => setChosen(index)}
                />
                {stack(bar.values, top, height - 8, leastSize).map(({ y, size }, part) => {
                  const look = parts[part];
                  if (size === 0 || !look) return null;
                  return (
                    <rect
                      key={look.key}
                      className={styles.part}
                      x={x + gap / 2}
                      y={y + 8}
                      width={Math.max(1, slot - gap)}
                      height={size}
                      fill={`url(#${patternOf(look)})`}
                    />
                  );
                })}
              </g>
            );
          })}
          {labelled(bars.length, room, labelWidth).map((index) => (
            <text
              key={bars[index]?.key}
              className={styles.mark}
              x={Math.min(scaleWidth + (index + 0.5) * slot, scaleWidth + room - labelWidth / 2 + 12)}
              y={height + 18}
              textAnchor="middle"
            >
              {bars[index]?.label}
            </text>
          ))}
        </svg>
      </div>
      <figcaption className={styles.words} data-empty={!active}>
        {active?.words ?? hint}
      </figcaption>
    </figure>
  );
}

/** The look of a part as it stands in the legend. */
export function ChartSwatch({ part }: { part: ChartPart }) {
  const id = useId();
  return (
    <svg className={styles.swatch} width="12" height="12" aria-hidden="true">
      <defs>
        <Pattern id={id} part={part} />
      </defs>
      <rect width="12" height="12" rx="2" fill={`url(#${id})`} />
    </svg>
  );
}

function Pattern({ id, part }: { id: string; part: ChartPart }) {
  return (
    <pattern
      id={id}
      className={styles.pattern}
      data-tone={part.tone}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform={part.pattern === 'stripes' ? 'rotate(45)' : undefined}
    >
      <rect className={styles.base} width="6" height="6" />
      {part.pattern === 'stripes' && <rect className={styles.over} width="2.5" height="6" />}
      {part.pattern === 'lines' && <rect className={styles.over} width="6" height="2" y="2" />}
      {part.pattern === 'dots' && <circle className={styles.over} cx="3" cy="3" r="1.5" />}
    </pattern>
  );
}
