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

/** In the language of FTS5, always quoted: what was typed has no say in it. */
export function matchTerm(text: string, isPhrase: boolean): string {
  return `"${tokensOf(text).join(' ')}"${isPhrase ? '' : ' *'}`;
}
