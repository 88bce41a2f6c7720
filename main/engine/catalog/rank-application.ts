// How well an application meets a search: smaller is better, `undefined` is no match. Every word of the search must match.
import type { ApplicationSummary } from '#contract';

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const words = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Letters in order with at most two others between neighbours, so that `githb` and `salsforce` still find something. */
function fuzzy(text: string, wanted: string): boolean {
  if (wanted.length < 3 || text[0] !== wanted[0]) return false;
  let at = 0;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at);
    if (next < 0 || next - at > 2) return false;
    at = next + 1;
  }
  return true;
}

function rankWord(entry: ApplicationSummary, wanted: string): number | undefined {
  const name = fold(entry.name);
  const nameWords = words(entry.name);
  if (name === wanted || entry.id === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (nameWords.some((word) => word.startsWith(wanted))) return 2;
  // Aliases stand in the order in which they fit, so the earlier one of two applications wins.
  const alias = entry.aliases.findIndex((one) =>
    [fold(one), ...words(one)].some((text) => text.startsWith(wanted)),
  );
  if (alias >= 0) return 3 + Math.min(alias, 9) / 10;
  if (name.includes(wanted)) return 4;
  if (words(entry.category).some((word) => word.startsWith(wanted))) return 5;
  if (nameWords.some((word) => fuzzy(word, wanted))) return 6;
  return undefined;
}

export function rankApplication(entry: ApplicationSummary, search: string): number | undefined {
  const whole = rankWord(entry, fold(search.trim()));
  if (whole !== undefined) return whole;
  let sum = 0;
  for (const word of words(search)) {
    const rank = rankWord(entry, word);
    if (rank === undefined) return undefined;
    sum += rank;
  }
  // A search of several words is worse than any single phrase; one without a letter or digit finds nothing.
  return words(search).length === 0 ? undefined : sum + 10;
}
