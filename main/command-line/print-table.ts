// Tables for people: columns padded, cells cut to the width of the terminal, control characters made visible. Pure.

const maxCell = 60;
const leastCell = 8;
const gap = 2;

export interface TableOptions {
  /** How wide the terminal is; without it nothing is cut. */
  columns: number | undefined;
  /** Heads of the columns that are never cut, because they are typed again or say nothing in part, as ids and times do. */
  whole?: readonly string[];
}

/** One line a row, with a head; a sentence where there is nothing. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  nothing: string,
  { columns, whole = [] }: TableOptions,
): string {
  if (rows.length === 0) return `${nothing}\n`;
  const cells = [head, ...rows].map((row) => row.map(visible));
  const isWhole = head.map((name) => whole.includes(name));
  let widths = head.map((_, column) => {
    const widest = cells.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), 0);
    return isWhole[column] ? widest : Math.min(widest, maxCell);
  });
  if (columns !== undefined) widths = narrowed(widths, isWhole, columns);
  const lines = cells.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        const shown = columns === undefined ? text : cutTo(text, width);
        return shown + ' '.repeat(Math.max(0, width - widthOf(shown)));
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** A terminal would obey control characters and reorder text by bidi marks; payloads must not reach it. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, namedOf);
}

/** As `visible`, but for the ends of lines and tabulators. */
export function visibleLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, namedOf);
}

/** JSON of which nothing is a command to a terminal: such characters are escaped, which leaves the value the same. */
export function jsonText(value: unknown, indent?: number): string {
  // JSON itself escapes those below U+0020; what is left of them are ends of lines between values.
  return JSON.stringify(value, null, indent).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function namedOf(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Takes from the widest columns until the table fits; where it cannot fit, the terminal breaks its lines. */
function narrowed(widths: readonly number[], isWhole: readonly boolean[], columns: number): number[] {
  const narrow = [...widths];
  let excess = narrow.reduce((sum, width) => sum + width, 0) + gap * (narrow.length - 1) - columns;
  while (excess > 0) {
    let widest = -1;
    for (const [column, width] of narrow.entries()) {
      if (!isWhole[column] && width > leastCell && width > (narrow[widest] ?? 0)) widest = column;
    }
    if (widest < 0) return [...widths];
    narrow[widest] = (narrow[widest] ?? 0) - 1;
    excess -= 1;
  }
  return narrow;
}

function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let shown = '';
  let used = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width - 1) break;
    shown += character;
  }
  return `${shown}…`;
}

const wide = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;

/** So many places of a terminal. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}
