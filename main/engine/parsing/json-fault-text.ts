// What a fault in a JSON text says about the character that stands there. Names it without repeating the payload.

const names = new Map<number, string>([
  [0, 'a NUL character'],
  [9, 'a tab'],
  [10, 'a line break'],
  [13, 'a line break'],
  [32, 'a space'],
  [0xa0, 'a no-break space'],
  [0x200b, 'a zero-width space'],
  [0xfeff, 'a byte-order mark'],
  [0x201c, 'a curly quote'],
  [0x201d, 'a curly quote'],
  [0x2018, 'a curly quote'],
  [0x2019, 'a curly quote'],
]);

/** "the end of the body", `"}"`, "a tab", "the character U+00E9". */
export function foundAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  if (code === undefined) return 'the end of the body';
  const name = names.get(code);
  if (name) return name;
  if (code === 34) return 'a double quote';
  if (code > 32 && code < 127) return `"${String.fromCodePoint(code)}"`;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

const words: [RegExp, string][] = [
  [/-?(NaN|Infinity)\b/y, 'NaN and Infinity do not exist in JSON. Send null or a text.'],
  [/undefined\b/y, 'undefined does not exist in JSON. Send null, or leave the key out.'],
  [/(True|False|None)\b/y, 'Python words are not JSON. Write true, false and null.'],
  [/(TRUE|FALSE|NULL|Null|nil)\b/y, 'true, false and null are written in small letters.'],
  [/'/y, 'texts need double quotes ("), found a single quote.'],
  [/[“”‘’]/y, 'texts need straight double quotes ("), found a curly quote.'],
  [/\/[/*]/y, 'JSON has no comments. Remove the comment.'],
  [/\+\d/y, 'a number must not start with +.'],
  [/\.\d/y, 'a number must not start with a point. Write 0 in front of it.'],
  [/,/y, 'a value is missing before this comma.'],
];

/** A sentence for what people and other languages write in the place of JSON; undefined for anything else. */
export function wordFault(text: string, offset: number): string | undefined {
  for (const [pattern, sentence] of words) {
    pattern.lastIndex = offset;
    if (pattern.test(text)) return sentence;
  }
  return undefined;
}
