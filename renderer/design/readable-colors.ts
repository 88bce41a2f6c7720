// Brand colours made readable on both grounds: Mailchimp's yellow on white and GitHub's black on black are not. Pure.

const lightGround = [255, 255, 255] as const;
const darkGround = [21, 24, 31] as const;
/** Large marks need 3:1 by WCAG; the tinted ground takes some of it. */
const wanted = 3.6;

type Rgb = readonly [number, number, number];

/** `color` is `#rrggbb`. Both results are CSS colours of at least 3:1 against the surface of their theme. */
export function readableColors(color: string): { onLight: string; onDark: string } {
  const parsed = parse(color);
  return {
    onLight: toward(parsed, lightGround, [0, 0, 0]),
    onDark: toward(parsed, darkGround, [255, 255, 255]),
  };
}

/** Contrast ratio by WCAG 2.2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function parse(color: string): Rgb {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color);
  if (!digits) return [134, 143, 160];
  return [digits[1], digits[2], digits[3]].map((part) => Number.parseInt(part ?? '0', 16)) as unknown as Rgb;
}

function toward(color: Rgb, ground: Rgb, end: Rgb): string {
  let mixed: Rgb = color;
  for (let share = 0; share < 1 && contrast(mixed, ground) < wanted; share += 0.05) {
    mixed = color.map((part, index) =>
      Math.round(part + ((end[index] ?? 0) - part) * share),
    ) as unknown as Rgb;
  }
  return `rgb(${mixed.join(' ')})`;
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
