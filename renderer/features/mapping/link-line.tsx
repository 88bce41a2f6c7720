// The line between the focused row and its value in the payload. Drawn over both; it measures and never takes a click.
import { type RefObject, useEffect, useRef } from 'react';
import classes from './mapping-editor.module.css';

interface LinkLineProps {
  /** Holds both columns; the line is drawn in its box. */
  area: RefObject<HTMLDivElement | null>;
}

/** The path of the line in the box of `area`; empty where one of its ends is out of sight. */
function linePath(area: HTMLElement): string {
  const value = area.querySelector('[role="tree"] [data-badge="active"]');
  const row = area.querySelector('[data-row][data-focused="true"] [data-path-input]');
  const tree = value?.closest('[role="tree"]');
  const list = row?.closest('[data-rows-scroll]');
  if (!value || !row || !tree || !list) return '';
  const box = area.getBoundingClientRect();
  const [from, to] = [value.getBoundingClientRect(), row.getBoundingClientRect()];
  const [left, right] = [tree.getBoundingClientRect(), list.getBoundingClientRect()];
  const [fromY, toY] = [from.top + from.height / 2, to.top + to.height / 2];
  const isBeside = left.right <= right.left + 1;
  if (!isBeside || fromY < left.top || fromY > left.bottom || toY < right.top || toY > right.bottom)
    return '';
  const x1 = left.right - box.left;
  const x2 = to.left - box.left;
  const y1 = fromY - box.top;
  const y2 = toY - box.top;
  const bend = (x2 - x1) / 2;
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}

export function LinkLine({ area }: LinkLineProps) {
  const line = useRef<SVGPathElement>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let frame = 0;
    const draw = () => {
      frame = 0;
      line.current?.setAttribute('d', linePath(element));
    };
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    const changes = new MutationObserver((records) => {
      if (records.some((record) => record.target !== line.current)) ask();
    });
    changes.observe(element, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['style', 'data-badge', 'data-focused'],
    });
    const sizes = new ResizeObserver(ask);
    sizes.observe(element);
    element.addEventListener('scroll', ask, { capture: true, passive: true });
    ask();
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      sizes.disconnect();
      element.removeEventListener('scroll', ask, { capture: true });
    };
  }, [area]);
  return (
    <svg className={classes.line} aria-hidden="true">
      <path ref={line} />
    </svg>
  );
}
