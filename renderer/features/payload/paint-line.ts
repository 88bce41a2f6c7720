// Cuts one line of a body into pieces for the screen: JSON tokens in their colours, found texts, the place of a fault.

export type TokenKind = 'key' | 'text' | 'number' | 'boolean' | 'null';
export type MarkKind = 'match' | 'current' | 'fault';

export interface Range<K> {
  start: number;
  end: number;
  kind: K;
}

export interface LinePiece {
  start: number;
  text: string;
  token?: TokenKind;
  mark?: MarkKind;
}

/** Longer lines go to the screen in several rows, so that a body in one line does not freeze it. */
export const longestRow = 500;
/** Tokens are sought in lines up to this length; longer ones are machine-made and stay plain. */
export const longestTokenLine = 20_000;

/** One row on the screen: `from` is its offset within its line. */
export interface LineRow {
  line: number;
  from: number;
  text: string;
}

/** `shown`: only these lines, in this order. */
export function rowsOfLines(lines: readonly string[], shown: Iterable<number> = lines.keys()): LineRow[] {
  const rows: LineRow[] = [];
  for (const line of shown) {
    const whole = lines[line] ?? '';
    for (let from = 0; from === 0 || from < whole.length; from += longestRow) {
      rows.push({ line, from, text: whole.slice(from, from + longestRow) });
    }
  }
  return rows;
}

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;

/** The tokens of one line of pretty JSON, where no string goes over a line's end. */
export function jsonTokens(line: string): Range<TokenKind>[] {
  const found: Range<TokenKind>[] = [];
  for (const match of line.matchAll(tokens)) {
    const [whole, quoted, colon] = match;
    const end = match.index + (quoted ?? whole).length;
    const kind: TokenKind =
      quoted !== undefined
        ? colon === undefined
          ? 'text'
          : 'key'
        : whole === 'null'
          ? 'null'
          : whole === 'true' || whole === 'false'
            ? 'boolean'
            : 'number';
    found.push({ start: match.index, end, kind });
  }
  return found;
}

/** Ranges of a line as ranges of one of its rows. */
export function rangesInRow<K>(ranges: readonly Range<K>[], row: LineRow): Range<K>[] {
  return ranges
    .map(({ start, end, kind }) => ({ start: start - row.from, end: end - row.from, kind }))
    .filter(({ start, end }) => end > 0 && start < row.text.length);
}

/** Pieces whose texts joined are `text`. Ranges of one list must not overlap; marks lie over tokens. */
export function paintLine(
  text: string,
  tokenRanges: readonly Range<TokenKind>[],
  marks: readonly Range<MarkKind>[],
): LinePiece[] {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of [...tokenRanges, ...marks]) {
    if (start > 0 && start < text.length) cuts.add(start);
    if (end > 0 && end < text.length) cuts.add(end);
  }
  const at = [...cuts].sort((one, other) => one - other);
  const covers = (start: number) => (range: { start: number; end: number }) =>
    range.start <= start && start < range.end;
  const pieces: LinePiece[] = [];
  for (const [index, start] of at.entries()) {
    const end = at[index + 1];
    if (end === undefined) break;
    const token = tokenRanges.find(covers(start))?.kind;
    const mark = marks.find(covers(start))?.kind;
    pieces.push({ start, text: text.slice(start, end), ...(token && { token }), ...(mark && { mark }) });
  }
  return pieces;
}
