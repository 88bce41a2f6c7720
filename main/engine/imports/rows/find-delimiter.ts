// Which character separates the values of a CSV file: the one that splits its first lines into equally many values.
const candidates = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof candidates)[number];
const linesLooked = 50;

/** @param start the beginning of the text; its last line may be cut */
export function findDelimiter(start: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of candidates) {
    const counts = valueCounts(start, candidate);
    const first = counts[0] ?? 1;
    if (first < 2) continue;
    const same = counts.filter((count) => count === first).length;
    // Equal counts decide; more values break a tie.
    const score = (same / counts.length) * 1000 + Math.min(first, 100);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** Excel's own hint in the first line: `sep=;`. */
export function separatorHint(start: string): { delimiter: Delimiter; length: number } | undefined {
  const match = /^sep=([,;\t|])(\r\n|\n|\r)/i.exec(start);
  return match ? { delimiter: match[1] as Delimiter, length: match[0].length } : undefined;
}

/** How many values each of the first lines has that are not blank; delimiters inside quotes do not count. */
function valueCounts(start: string, delimiter: string): number[] {
  const counts: number[] = [];
  let quoted = false;
  let values = 1;
  let length = 0;
  for (const char of start) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '\n' || char === '\r')) {
      if (length > 0) counts.push(values);
      if (counts.length >= linesLooked) return counts;
      values = 1;
      length = 0;
      continue;
    } else if (!quoted && char === delimiter) values += 1;
    length += 1;
  }
  if (counts.length === 0 && length > 0) counts.push(values);
  return counts;
}
