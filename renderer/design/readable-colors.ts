// Brand colours made readable on both grounds: Mailchimp's yellow on white and GitHub's black on black are not. Pure.

const lightGround = [255, 255, 255] as const;
const darkGround = [21, 24, 31] as const;
const ink = [23, 27, 36] as const;
const paper = [255, 255, 255] as const;
/** What WCAG asks for (3 for marks, 4.5 for text) and what the tinted ground takes of it. */
const wantedOf = { mark: 3.7, text: 5.6 };
/** A colour so light that darkening it would make another colour of it; it is kept as the ground instead. */
const tooLight = 1.9;

type Rgb = readonly [number, number, number];

/** What stands on what, as CSS colours: `mark` on a `ground` tinted from `tint`; `solid` where the tint is the ground itself. */
export interface BrandColors {
  light: { mark: string; tint: string; solid: boolean };
  dark: { mark: string; tint: string };
}

/** `color` is `#rrggbb`. */
export function readableColors(color: string, use: 'mark' | 'text'): BrandColors {
  const wanted = wantedOf[use];
  const brand = parse(color);
  const solid = contrast(brand, lightGround) < tooLight;
  const onLight = toward(brand, lightGround, [0, 0, 0], wanted);
  const onDark = toward(brand, darkGround, [255, 255, 255], wanted);
  return {
    light: solid
      ? { mark: css(contrast(ink, brand) > contrast(paper, brand) ? ink : paper), tint: css(brand), solid }
      : { mark: css(onLight), tint: css(brand), solid },
    dark: { mark: css(onDark), tint: css(onDark) },
  };
}

/** Contrast ratio by WCAG 2.2, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `#rrggbb` as numbers; a middle grey for anything else. */
export function parse(color: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (digits === undefined) return [134, 143, 160];
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toward(color: Rgb, ground: Rgb, end: Rgb, wanted: number): Rgb {
  let mixed = color;
  for (let share = 0; share < 1 && contrast(mixed, ground) < wanted; share += 0.05) {
    mixed = mix(color, end, share);
  }
  return mixed;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

function css(color: Rgb): string {
  return `rgb(${color.join(' ')})`;
}

function luminance(color: Rgb): number {
  const part = (index: 0 | 1 | 2) => {
    const value = color[index] / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
}
