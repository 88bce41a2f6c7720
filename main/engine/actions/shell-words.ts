// Splits a command as a shell would: bash with its quotes, and the carets of the Windows command line. Runs nothing. Pure.

export class ShellError extends Error {}

const escapes: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
};

/** Throws `ShellError` for quotes that do not end. */
export function shellWords(command: string): { words: string[]; isWindows: boolean } {
  const isWindows = /\^\s*$/m.test(command) || /\^"/.test(command);
  const text = isWindows ? withoutCarets(command) : command;
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;

  function quotedAnsi(): void {
    at += 2;
    while (at < text.length && text[at] !== "'") {
      if (text[at] !== '\\') {
        word = (word ?? '') + text[at++];
        continue;
      }
      const code = /^\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3}))/i.exec(
        text.slice(at, at + 10),
      );
      if (code) {
        const [whole, hex, four, eight, octal] = code;
        const point =
          octal === undefined ? Number.parseInt(hex ?? four ?? eight ?? '0', 16) : Number.parseInt(octal, 8);
        word = (word ?? '') + (point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd');
        at += whole.length;
      } else {
        const char = text[at + 1] ?? '';
        word = (word ?? '') + (escapes[char] ?? char);
        at += 2;
      }
    }
    if (at >= text.length) throw new ShellError("The command ends inside $'…'. Copy it again, whole.");
    at += 1;
  }

  function quoted(quote: string): void {
    at += 1;
    while (at < text.length && text[at] !== quote) {
      const next = text[at + 1] ?? '';
      if (quote === '"' && text[at] === '\\' && '"\\$`\n'.includes(next)) {
        if (next !== '\n') word = (word ?? '') + next;
        at += 2;
      } else word = (word ?? '') + text[at++];
    }
    if (at >= text.length)
      throw new ShellError(`The command ends inside ${quote}…${quote}. Copy it again, whole.`);
    at += 1;
  }

  while (at < text.length) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
    } else if (char === '\\') {
      const next = text[at + 1] ?? '';
      const isBreak = next === '\n' || (next === '\r' && text[at + 2] === '\n');
      if (!isBreak) word = (word ?? '') + next;
      at += next === '\r' ? 3 : 2;
    } else {
      word ??= '';
      if (char === '$' && text[at + 1] === "'") quotedAnsi();
      else if (char === "'" || char === '"') quoted(char);
      else {
        word = (word ?? '') + char;
        at += 1;
      }
    }
  }
  if (word !== undefined) words.push(word);
  return { words, isWindows };
}

/** A caret at the end of a line goes on with the next; before a character it stands for the character itself. */
function withoutCarets(text: string): string {
  return text.replace(/\^\r?\n/g, ' ').replace(/\^(.)/gs, '$1');
}
