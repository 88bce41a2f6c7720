// What reaches a terminal: tables that fit it, and no character that it would obey.
import { describe, expect, it } from 'vitest';
import { jsonText, tableText, visible, visibleLines } from '../../main/command-line/print-table.ts';

const wide = { columns: undefined };

describe('tables', () => {
  it('keep payloads from reaching the terminal as commands', () => {
    expect(visible('a\u001b[31mred\u202e\n')).toBe('a[U+001B][31mred[U+202E][U+000A]');
    expect(tableText(['A'], [['x\ty']], '', wide)).toBe('A\nx[U+0009]y\n');
    expect(tableText(['A'], [], 'Nothing.', wide)).toBe('Nothing.\n');
  });

  it('cut long cells in a terminal, and nothing in a pipe', () => {
    const long = 'x'.repeat(100);
    expect(tableText(['A', 'B'], [[long, 'y']], '', wide)).toContain(`${long}  y\n`);
    expect(tableText(['A', 'B'], [[long, 'y']], '', { columns: 200 })).toContain(`${'x'.repeat(59)}…  y\n`);
  });

  it('fit a narrow terminal, leave ids whole, and break no cell where that does not help', () => {
    const rows = [['a title that is longer than it can be here', 'accepted', 'cap_1m8n49qtsp12vzx0zg1b1n']];
    const text = tableText(['TITLE', 'OUTCOME', 'ID'], rows, '', { columns: 50, whole: ['ID'] });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(50);
    expect(text).toContain('…  accepted  cap_1m8n49qtsp12vzx0zg1b1n\n');
    const tiny = tableText(['TITLE', 'OUTCOME', 'ID'], rows, '', { columns: 20, whole: ['ID'] });
    expect(tiny).toContain(`${rows[0]?.join('  ')}\n`);
  });

  it('count the places of a terminal, and tear no character apart', () => {
    expect(
      tableText(
        ['A', 'B'],
        [
          ['日本', 'x'],
          ['e\u0301a', 'y'],
        ],
        '',
        wide,
      ),
    ).toBe('A     B\n日本  x\ne\u0301a    y\n');
    const cut = tableText(['A', 'B'], [['😀'.repeat(20), '12345678']], '', { columns: 19 });
    expect(cut).toBe('A          B\n😀😀😀😀…  12345678\n');
    expect(cut.isWellFormed()).toBe(true);
  });
});

describe('text and JSON for a terminal', () => {
  it('keeps the ends of lines', () => {
    expect(visibleLines('a\tb\r\nc\u009b31m\u001b]0;x\u0007')).toBe(
      'a\tb[U+000D]\nc[U+009B]31m[U+001B]]0;x[U+0007]',
    );
  });

  it('is the same value with what a terminal obeys escaped', () => {
    const value = { text: 'a\u001b\u007f\u009b31m\u202e\u2028\u{e0001}é😀' };
    const text = jsonText(value);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).toContain('é😀');
  });
});
