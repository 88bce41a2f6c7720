// Row numbers in order as a short text (`2-51,53-501`), and back.

export function rangesOf(rows: readonly number[]): string {
  const ranges: string[] = [];
  for (let i = 0; i < rows.length; ) {
    const first = rows[i] as number;
    let last = first;
    while (rows[i + 1] === last + 1) {
      last += 1;
      i += 1;
    }
    ranges.push(first === last ? String(first) : `${first}-${last}`);
    i += 1;
  }
  return ranges.join(',');
}

export function rowsOf(ranges: string): number[] {
  const rows: number[] = [];
  for (const range of ranges.split(',')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let row = first; row <= last; row += 1) rows.push(row);
  }
  return rows;
}
