// The arithmetic of a bar chart: the top of its scale, its marks, which times are written below it. Pure.

/** The smallest of 1, 2, 5, 10, 20, 50, … that is not below `value`; at least 4, so that marks are whole numbers. */
export function scaleTop(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** Heights of the parts of one bar, from its foot; what is there is seen: at least `least` high. */
export function stack(values: readonly number[], top: number, height: number, least: number) {
  let foot = height;
  return values.map((value) => {
    const size = value === 0 ? 0 : Math.max(least, (value / top) * height);
    foot -= size;
    return { y: foot, size };
  });
}

/** Which bars have their time written below them, evenly spread, as many as fit. */
export function labelled(bars: number, width: number, labelWidth: number): number[] {
  const fit = Math.max(1, Math.floor(width / labelWidth));
  const every = Math.max(1, Math.ceil(bars / fit));
  const first = (bars - 1) % every;
  return Array.from({ length: Math.ceil((bars - first) / every) }, (_, index) => first + index * every);
}
