// Files of items: formulas defused, digits kept, names safe.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disposition } from '../../../main/control/download.ts';
import { csvText } from '../../../main/engine/downloads/csv-text.ts';
import {
  type ItemRecord,
  itemFileFormats,
  itemFileName,
  jsonOf,
} from '../../../main/engine/downloads/item-file.ts';

const item = (fields: string, title = 'Title'): ItemRecord => ({
  id: 'itm_1',
  external_id: 'a',
  title,
  fields,
  version: 2,
  created_at: 0,
  updated_at: 1000,
});

describe('CSV', () => {
  it.each(['=1+1', '+49 30', '-cmd', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")'])(
    'defuses %j',
    (text) => {
      expect(csvText(text).replace(/^"/, '').charAt(0)).toBe("'");
    },
  );

  it('never begins a cell of text with what a spreadsheet computes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cell = csvText(text);
        const content = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect(/^[=+\-@\t\r]/.test(content)).toBe(false);
        expect(content === text || content === `'${text}`).toBe(true);
      }),
    );
  });

  it('keeps every digit of numbers, also of negative and long ones', () => {
    const fields = [
      { name: 'n', type: 'number' as const },
      { name: 't', type: 'text' as const },
    ];
    const line = itemFileFormats.csv.item(item('{"n":"-12345678901234567890","t":"-5"}'), fields, true);
    expect(line).toBe(
      "a,Title,-12345678901234567890,'-5,2,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z\r\n",
    );
    expect(itemFileFormats.csv.item(item('{"n":-0.5}'), fields, true)).toContain(',-0.5,');
  });

  it('quotes separators, quotes, line ends and outer blanks; objects are JSON', () => {
    const fields = [{ name: 'o', type: 'object' as const }];
    expect(itemFileFormats.csv.item(item('{"o":{"a":[1,"x"]}}', 'say "hi",\nthere '), fields, true)).toBe(
      `a,"say ""hi"",\nthere ","{""a"":[1,""x""]}",2,1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z\r\n`,
    );
  });

  it('defuses the names of fields, too', () => {
    expect(itemFileFormats.csv.head([{ name: '=x', type: 'text' }])).toBe(
      "\ufeffid,title,'=x,version,createdAt,updatedAt\r\n",
    );
  });
});

describe('JSON', () => {
  it('gives the fields as they are stored, digit for digit', () => {
    const text = jsonOf(item('{"__proto__":1,"n":1e400,"big":"12345678901234567891"}'));
    expect(text).toContain('"n":1e400');
    expect(JSON.parse(text)).toMatchObject({
      externalId: 'a',
      version: 2,
      fields: { big: '12345678901234567891' },
    });
  });

  it('makes one list, also of no items and of several pages', () => {
    const { head, item: write, tail } = itemFileFormats.json;
    expect(JSON.parse(head([]) + tail)).toEqual([]);
    const two = head([]) + write(item('{}'), [], true) + write(item('{}'), [], false) + tail;
    expect(JSON.parse(two)).toHaveLength(2);
  });
});

describe('file names', () => {
  const at = new Date('2026-11-24T10:00:00Z');
  it.each([
    ['Newsletter', 'Newsletter items 2026-11-24.csv'],
    ['../../etc/passwd', 'etc-passwd items 2026-11-24.csv'],
    ['Größe 日本', 'Größe 日本 items 2026-11-24.csv'],
    ['CON', 'Hookbench items 2026-11-24.csv'],
    ['...', 'Hookbench items 2026-11-24.csv'],
    ['evil\u202egpj.exe', 'evil-gpj.exe items 2026-11-24.csv'],
  ])('%j becomes %j', (name, file) => {
    expect(itemFileName(name, 'csv', at)).toBe(file);
  });

  it('are one plain name whatever the source is called, and one header line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const file = itemFileName(name, 'json', at);
        expect(file).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N} ._-]*\.json$/u);
        expect(file.length).toBeLessThan(130);
        expect(disposition(file)).toMatch(
          /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w%.~-]+$/,
        );
      }),
    );
  });
});
