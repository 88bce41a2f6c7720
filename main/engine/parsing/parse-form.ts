// application/x-www-form-urlencoded to a payload object. Values stay texts; a JSON text inside a field stays a text.
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { createFormTree } from './form-tree.ts';
import type { PayloadObject } from './payload-value.ts';

/**
 * @param charset of the percent-encoded bytes; UTF-8 where nothing (or nothing known) was declared
 * @throws BodyFault 422 tooManyKeys, tooDeep
 */
export function parseForm(text: string, charset?: string): { value: PayloadObject; notes: string[] } {
  const decode = decoderFor(charset);
  const tree = createFormTree();
  const body = text.trim();
  for (let start = 0; start < body.length; ) {
    const ampersand = body.indexOf('&', start);
    const end = ampersand < 0 ? body.length : ampersand;
    if (end > start) {
      const pair = body.slice(start, end);
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      tree.add(decode(name, tree.notes), decode(value, tree.notes));
    }
    start = end + 1;
  }
  return { value: tree.value(), notes: [...tree.notes] };
}

const brokenPercent = 'A % that starts no valid sequence was kept as it stands.';

function decoderFor(charset: string | undefined): (component: string, notes: Set<string>) => string {
  const other =
    charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset) && iconv.encodingExists(charset)
      ? charset
      : undefined;
  return (component, notes) => {
    const spaced = component.includes('+') ? component.replaceAll('+', ' ') : component;
    if (!spaced.includes('%')) return spaced;
    if (/%(?![0-9a-f]{2})/i.test(spaced)) notes.add(brokenPercent);
    // In some charsets a character's second byte is an ASCII letter, so the whole component is decoded at once.
    const bytes = Buffer.concat(
      spaced.split(/((?:%[0-9a-f]{2})+)/i).map((piece, i) => {
        if (i % 2 === 1) return Buffer.from(piece.replaceAll('%', ''), 'hex');
        return other ? iconv.encode(piece, other) : Buffer.from(piece, 'utf8');
      }),
    );
    if (other) return iconv.decode(bytes, other, { stripBOM: false });
    if (isUtf8(bytes)) return bytes.toString('utf8');
    notes.add('Percent-encoded bytes that are not valid UTF-8 were kept as they stand.');
    return spaced;
  };
}
