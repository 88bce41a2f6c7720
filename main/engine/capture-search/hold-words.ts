// Whether a text holds a word's beginning or a phrase, by the rules of the index of words (unicode61): letters and digits are words,
// letter case and accents do not count. For calls that are not, or not wholly, in the index. Pure.

const maxTokens = 32;

/** The words of a text as the index has them. */
export function tokensOf(text: string): string[] {
  return (
    folded(text)
      .match(/[\p{L}\p{N}\p{Co}]+/gu)
      ?.slice(0, maxTokens) ?? []
  );
}

export function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** A question that can be asked of many folded texts. `isPhrase`: the last word must be whole, too. */
export function wordTest(text: string, isPhrase: boolean): (foldedText: string) => boolean {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return () => false;
  const between = '[^\\p{L}\\p{N}\\p{Co}]+';
  const end = isPhrase ? '(?![\\p{L}\\p{N}\\p{Co}])' : '';
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}\\p{Co}])${tokens.join(between)}${end}`, 'u');
  return (foldedText) => pattern.test(foldedText);
}

/** The words of the index that begin with a text, itself among them; undefined where they are too many to be named. */
export type WordsWith = (start: string) => readonly string[] | undefined;

/**
 * In the language of FTS5, always quoted: what was typed has no say in it. A word that is being typed is sought by its beginning. FTS5 puts
 * together all places of all words with a beginning before it gives the first, so that few words are named one by one instead.
 */
export function matchTerm(text: string, isPhrase: boolean, wordsWith: WordsWith): string {
  const tokens = tokensOf(text);
  const phrase = (last: string) => `"${[...tokens.slice(0, -1), last].join(' ')}"`;
  const last = tokens.at(-1) ?? '';
  if (isPhrase || last === '') return phrase(last);
  const words = wordsWith(last);
  if (words === undefined) return `${phrase(last)} *`;
  return words.length < 2 ? phrase(words[0] ?? last) : `(${words.map(phrase).join(' OR ')})`;
}
