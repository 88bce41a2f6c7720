// A payload for reading: JSON indented with the numbers as received, XML indented with its comments and instructions. Capped.
import type { PayloadValue } from '../parsing/payload-value.ts';
import { toPrettyJson } from './to-json.ts';

export interface PrettyText {
  text: string;
  cut: boolean;
}

export function prettyPrint(value: PayloadValue, maxChars: number): PrettyText {
  return toPrettyJson(value, maxChars);
}

/** The markup of one XML token: tags, comments, CDATA, instructions; what stands between them is text. */
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/?[^\s<>/"']+(?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/g;

/** Indents a document that parseXml has read. Text stays where it is; an element with text only stays on one line. */
export function prettyXml(xml: string, maxChars: number): PrettyText {
  const pieces: string[] = [];
  let length = 0;
  let depth = 0;
  let end = 0;
  /** What the line in the making holds: a start tag, and the text behind it. */
  let open: string | undefined;
  let text = '';

  function line(content: string): void {
    const indented = `${'  '.repeat(depth)}${content}`;
    pieces.push(indented);
    length += indented.length + 1;
  }
  function flush(): void {
    if (open !== undefined) {
      line(open);
      depth++;
      open = undefined;
    }
    if (text.trim() !== '') line(text.trim());
    text = '';
  }

  for (const match of xml.matchAll(token)) {
    if (length > maxChars) break;
    const markup = match[0];
    text += xml.slice(end, match.index);
    end = match.index + markup.length;
    if (markup.startsWith('<![CDATA[')) {
      text += markup;
    } else if (markup.startsWith('</')) {
      if (open !== undefined) {
        line(open + text + markup);
        open = undefined;
        text = '';
      } else {
        flush();
        depth--;
        line(markup);
      }
    } else {
      flush();
      if (markup.startsWith('<?') || markup.startsWith('<!') || markup.endsWith('/>')) line(markup);
      else open = markup;
    }
  }
  flush();
  const whole = pieces.join('\n');
  return whole.length > maxChars
    ? { text: whole.slice(0, maxChars), cut: true }
    : { text: whole, cut: false };
}
