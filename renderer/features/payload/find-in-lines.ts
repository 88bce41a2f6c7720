// Finding a text in the lines of a body, without regard to letter case.

/** `line` from 0; `start` and `end` are offsets within that line. */
export interface LineMatch {
  line: number;
  start: number;
  end: number;
}

export const mostMatches = 10_000;

/** Lines as people count them: a line break of any kind ends one, and is not part of it. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** At most `mostMatches`, in order. An empty needle is found nowhere. */
export function findInLines(lines: readonly string[], needle: string): LineMatch[] {
  if (needle === '') return [];
  const pattern = new RegExp(needle.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  const matches: LineMatch[] = [];
  for (const [line, text] of lines.entries()) {
    for (const found of text.matchAll(pattern)) {
      matches.push({ line, start: found.index, end: found.index + found[0].length });
      if (matches.length === mostMatches) return matches;
    }
  }
  return matches;
}
