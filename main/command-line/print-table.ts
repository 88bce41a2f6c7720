// Tables for people: columns padded, long cells cut, control characters made visible. Pure.

const maxCell = 60;

/** One line a row, with a head; a sentence where there is nothing. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  nothing: string,
): string {
  if (rows.length === 0) return `${nothing}\n`;
  const cells = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** A terminal would obey control characters and reorder text by bidi marks; payloads must not reach it. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

function cell(text: string): string {
  const shown = visible(text);
  return shown.length > maxCell ? `${shown.slice(0, maxCell - 1)}…` : shown;
}
