// Which lines of a text can be folded, and what they hide. JSON by its brackets, anything else (XML, indented text) by its indentation. Pure.

/** By the line that stays: the last line that is hidden with it. */
export type Folds = ReadonlyMap<number, number>;

/** Longer lines are machine-made; they have nothing to fold and would take long to look through. */
const longestLine = 100_000;

/** Lines between an opening bracket at a line's end and the line that closes it; the closing line stays. */
function foldsOfJson(lines: readonly string[]): Map<number, number> {
  const folds = new Map<number, number>();
  const open: number[] = [];
  let inText = false;
  for (const [index, line] of lines.entries()) {
    if (line.length > longestLine) continue;
    for (let at = 0; at < line.length; at += 1) {
      const character = line.charAt(at);
      if (inText) {
        if (character === '\\') at += 1;
        else if (character === '"') inText = false;
      } else if (character === '"') inText = true;
      else if (character === '{' || character === '[') open.push(index);
      else if (character === '}' || character === ']') {
        const start = open.pop();
        // The first bracket of a line is the outer one, so it is the last to close and wins.
        if (start !== undefined && index - start > 1) folds.set(start, index - 1);
      }
    }
    // No text of JSON goes over the end of a line.
    inText = false;
  }
  return folds;
}

const indentOf = (line: string) => /^[ \t]*/.exec(line)?.[0].length ?? 0;

/** Lines that are indented deeper than the one before them. */
function foldsOfIndented(lines: readonly string[]): Map<number, number> {
  const folds = new Map<number, number>();
  const open: { line: number; indent: number }[] = [];
  let last = -1;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (last > top.line) folds.set(top.line, last);
    }
    open.push({ line: index, indent });
    last = index;
  }
  for (const { line } of open) if (last > line) folds.set(line, last);
  return folds;
}

export function foldsOf(lines: readonly string[], isJson: boolean): Folds {
  return isJson ? foldsOfJson(lines) : foldsOfIndented(lines);
}

/** The line with which a line can be folded: itself, or the nearest above that would hide it. */
export function foldAround(line: number, folds: Folds): number | undefined {
  if (folds.has(line)) return line;
  let nearest: number | undefined;
  for (const [start, end] of folds) {
    if (start < line && end >= line && start > (nearest ?? -1)) nearest = start;
  }
  return nearest;
}

/** The lines that stay, in order. */
export function shownLines(count: number, folds: Folds, folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let line = 0; line < count; line += 1) {
    shown.push(line);
    const end = folded.has(line) ? folds.get(line) : undefined;
    if (end !== undefined) line = end;
  }
  return shown;
}

/** Everything but the outermost, so that the first level can be surveyed. */
export function foldedUpper(folds: Folds): Set<number> {
  const folded = new Set<number>();
  const starts = [...folds.keys()].sort((one, other) => one - other);
  const [first] = starts;
  const whole = first === undefined ? undefined : folds.get(first);
  const isOuter = (line: number) =>
    line === first && starts.every((each) => each === first || (whole ?? 0) >= each);
  for (const line of starts) if (!isOuter(line) || starts.length === 1) folded.add(line);
  return folded;
}

/** Without those that hide a line. */
export function revealing(line: number, folds: Folds, folded: ReadonlySet<number>): ReadonlySet<number> {
  const hiding = [...folded].filter((start) => start < line && (folds.get(start) ?? -1) >= line);
  if (hiding.length === 0) return folded;
  const open = new Set(folded);
  for (const start of hiding) open.delete(start);
  return open;
}
