// Which of some names somebody meant that mistyped one. Pure.

/** The name that differs least from the text, in any letter case; none where all differ in more than a letter or two. */
export function nearestOf(text: string, names: readonly string[]): string | undefined {
  const wanted = text.toLowerCase();
  const most = wanted.length > 4 ? 2 : 1;
  const ranked = names
    .map((name) => ({ name, distance: distance(name.toLowerCase(), wanted) }))
    .filter((each) => each.distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name;
}

/** Letters to change, add or leave out, counted up to 3. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return 3;
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return Math.min(3, row.at(-1) ?? 3);
}
