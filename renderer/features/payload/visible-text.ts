// Threat: a payload holds characters that hide, reorder or end text (control, bidi, zero-width, lone surrogates), so that
// a reader sees something else than what was sent. This cuts a text into plain pieces and named marks; it never drops one.

/** `mark` is what stands in the place of an unseen character; `name` is its code point, for the tooltip. */
export interface TextPiece {
  text: string;
  mark?: { shown: string; name: string };
}

// Control characters, format characters (bidi, zero-width, tags), line separators, blank letters, lone surrogates.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

function codeName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** As every programmer writes them; pictures such as U+2400 are missing in many fonts. */
const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function shownFor(character: string): string {
  return escapes[character] ?? `[${codeName(character)}]`;
}

/** Pieces in order; their `text`s joined are the input. With `keepTabs` a tab stays plain, as in source text. */
export function visibleText(text: string, options: { keepTabs?: boolean } = {}): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(unseen)) {
    const character = found[0];
    if (character === '\t' && options.keepTabs) continue;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    pieces.push({ text: character, mark: { shown: shownFor(character), name: codeName(character) } });
    from = found.index + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
