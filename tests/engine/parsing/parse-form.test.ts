// Forms, multipart bodies and NDJSON.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { BodyFault } from '../../../main/engine/parsing/body-fault.ts';
import { parseBody } from '../../../main/engine/parsing/parse-body.ts';
import { parseForm } from '../../../main/engine/parsing/parse-form.ts';
import { maxInlineFileBytes, parseMultipart } from '../../../main/engine/parsing/parse-multipart.ts';
import { parseNdjson } from '../../../main/engine/parsing/parse-ndjson.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
function faultOf(act: () => unknown): BodyFault {
  try {
    act();
  } catch (error) {
    if (error instanceof BodyFault) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('forms', () => {
  it.each([
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2&a=3', { a: ['1', '2', '3'] }],
    ['a+b=c%20d+e', { 'a b': 'c d e' }],
    [
      'data[merges][FNAME]=Jo&data[merges][LNAME]=Do&data[id]=7',
      { data: { merges: { FNAME: 'Jo', LNAME: 'Do' }, id: '7' } },
    ],
    ['data%5Bmerges%5D%5BFNAME%5D=J%C3%B6', { data: { merges: { FNAME: 'Jö' } } }],
    ['a[]=1&a[]=2', { a: ['1', '2'] }],
    ['a[]=1', { a: ['1'] }],
    ['a[0][b]=1&a[1][b]=2&a[0][c]=3', { a: [{ b: '1', c: '3' }, { b: '2' }] }],
    ['a[1]=x&a[0]=y', { a: ['y', 'x'] }],
    ['a[5]=x', { a: { '5': 'x' } }],
    [
      'a[][id]=1&a[][n]=x&a[][id]=2&a[][n]=y',
      {
        a: [
          { id: '1', n: 'x' },
          { id: '2', n: 'y' },
        ],
      },
    ],
    ['a.b=1&a-c=2', { 'a.b': '1', 'a-c': '2' }],
    ['a&b=&=c&&', { a: '', b: '', '': 'c' }],
    ['a[b=1&a]b=2&[c]=3&a[b]c=4', { 'a[b': '1', 'a]b': '2', '[c]': '3', 'a[b]c': '4' }],
    ['payload=%7B%22a%22%3A1%7D', { payload: '{"a":1}' }],
    ['a=1=2', { a: '1=2' }],
  ])('%s', (text, value) => {
    expect(plain(parseForm(text).value)).toEqual(value);
    expect(parseForm(text).notes).toEqual([]);
  });

  it.each([
    ['a=1&a[b]=2', { a: { '': '1', b: '2' } }],
    ['a[b]=2&a=1&a=3', { a: { '': ['1', '3'], b: '2' } }],
    ['a=1&a[]=2', { a: ['1', '2'] }],
    ['a=50%&b=%zz', { a: '50%', b: '%zz' }],
    ['a=%E9t%E9', { a: '%E9t%E9' }],
  ])('%s is settled without loss, and noted', (text, value) => {
    expect(plain(parseForm(text).value)).toEqual(value);
    expect(parseForm(text).notes).toHaveLength(1);
  });

  it('keeps __proto__ as an ordinary key', () => {
    const { value } = parseForm('__proto__[x]=1&a[__proto__][y]=2&constructor=3');
    expect(JSON.stringify(value)).toBe(
      '{"__proto__":{"x":"1"},"a":{"__proto__":{"y":"2"}},"constructor":"3"}',
    );
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('decodes with the declared charset', () => {
    const percent = (text: string, charset: string) =>
      [...iconv.encode(text, charset)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const form = (charset: string, text: string) =>
      parseBody({
        body: Buffer.from(`a=${percent(text, charset)}`),
        contentType: `application/x-www-form-urlencoded; charset=${charset}`,
      });
    expect(form('windows-1252', 'é€')).toMatchObject({ ok: true, value: { a: 'é€' } });
    expect(form('shift_jis', 'ソフト')).toMatchObject({ ok: true, value: { a: 'ソフト' } });
    expect(parseForm('a=%83A', 'shift_jis').value['a']).toBe('ア');
  });

  it('any fields come back', () => {
    const key = fc.string({ unit: 'grapheme' }).filter((name) => !/[[\]]/.test(name) && name.isWellFormed());
    const entries = fc.uniqueArray(fc.tuple(key, key), { selector: ([name]) => name, minLength: 1 });
    fc.assert(
      fc.property(entries, (pairs) => {
        const { value, notes } = parseForm(new URLSearchParams(pairs).toString());
        expect(notes).toEqual([]);
        expect(Object.entries(value).sort()).toEqual([...pairs].sort());
      }),
    );
  });

  it('any nested texts come back', () => {
    const leaf = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
    const name = fc.stringMatching(/^[a-z_]{1,8}$/);
    const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
      tree: fc.dictionary(
        name,
        fc.oneof({ depthSize: 'small' }, leaf, fc.array(leaf, { minLength: 1 }), tie('tree')),
        { minKeys: 1, maxKeys: 4 },
      ),
    }));
    const write = (value: unknown, path: string, into: [string, string][]) => {
      if (typeof value === 'string') into.push([path, value]);
      else if (Array.isArray(value)) for (const one of value) write(one, `${path}[]`, into);
      else
        for (const [key, inner] of Object.entries(value as object))
          write(inner, path === '' ? key : `${path}[${key}]`, into);
    };
    fc.assert(
      fc.property(tree, (value) => {
        const pairs: [string, string][] = [];
        write(value, '', pairs);
        expect(plain(parseForm(new URLSearchParams(pairs).toString()).value)).toEqual(plain(value));
      }),
    );
  });

  it('limits fields and depth', () => {
    expect(faultOf(() => parseForm('a=1&'.repeat(200_001)))).toMatchObject({
      status: 422,
      code: 'tooManyKeys',
    });
    expect(faultOf(() => parseForm(`a${'[b]'.repeat(600)}=1`))).toMatchObject({
      status: 422,
      code: 'tooDeep',
    });
  });
});

describe('multipart', () => {
  const part = (headers: string, content: string | Buffer) =>
    Buffer.concat([Buffer.from(`--B\r\n${headers}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
  const end = Buffer.from('--B--\r\n');

  it('fields, brackets, files', () => {
    const file = Buffer.from([0, 255, 13, 10, 45, 45, 66, 120]);
    const body = Buffer.concat([
      Buffer.from('preamble\r\n'),
      part('Content-Disposition: form-data; name="user[name]"', 'Zoë\r\nB'),
      part('content-disposition: form-data; name="tag[]"', 'a'),
      part('Content-Disposition: form-data; name="tag[]"', ''),
      part(
        'Content-Disposition: form-data; name="cv"; filename="a \\"b\\".bin"\r\nContent-Type: image/png',
        file,
      ),
      part(
        'Content-Disposition: form-data; name="big"; filename="x"; filename*=UTF-8\'\'n%C3%A4.txt',
        'x'.repeat(maxInlineFileBytes + 1),
      ),
      end,
    ]);
    const parsed = parseBody({ body, contentType: 'multipart/form-data; boundary="B"' });
    expect(parsed).toMatchObject({ ok: true, format: 'multipart', elements: 1, notes: [] });
    expect(plain(parsed.ok && parsed.value)).toEqual({
      user: { name: 'Zoë\r\nB' },
      tag: ['a', ''],
      cv: { filename: 'a "b".bin', contentType: 'image/png', size: 8, base64: file.toString('base64') },
      big: { filename: 'nä.txt', contentType: 'application/octet-stream', size: maxInlineFileBytes + 1 },
    });
  });

  it('reads what FormData writes', async () => {
    const form = new FormData();
    form.append('a', 'é');
    form.append('f', new File(['hi'], 'hi.txt', { type: 'text/plain' }));
    const response = new Response(form);
    const body = new Uint8Array(await response.arrayBuffer());
    const parsed = parseBody({ body, contentType: response.headers.get('content-type') ?? '' });
    expect(plain(parsed.ok && parsed.value)).toEqual({
      a: 'é',
      f: { filename: 'hi.txt', contentType: 'text/plain', size: 2, base64: 'aGk=' },
    });
  });

  it.each([
    ['no boundary declared', undefined, part('Content-Disposition: form-data; name="a"', '1')],
    ['another boundary', 'C', part('Content-Disposition: form-data; name="a"', '1')],
    ['cut', 'B', part('Content-Disposition: form-data; name="a"', '1')],
    ['no name', 'B', Buffer.concat([part('Content-Disposition: form-data', '1'), end])],
    ['no empty line', 'B', Buffer.concat([Buffer.from('--B\r\nx'), Buffer.from('\r\n'), end])],
  ])('%s is a 400', (_what, boundary, body) => {
    expect(faultOf(() => parseMultipart(body, boundary))).toMatchObject({
      status: 400,
      code: 'malformedMultipart',
    });
  });
});

describe('NDJSON', () => {
  it('is a list of objects; blank lines do not count', () => {
    expect(plain(parseNdjson('{"a":1}\r\n\n  {"a":2}\n').value)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(plain(parseNdjson('\u001e{"a":1}\n\u001e{"a":2}').value)).toEqual([{ a: 1 }, { a: 2 }]);
  });
  it('places faults in the whole body', () => {
    expect(faultOf(() => parseNdjson('{"a":1}\n{"b":}\n'))).toMatchObject({
      status: 400,
      at: { line: 2, column: 6, offset: 13 },
    });
    expect(faultOf(() => parseNdjson('{}\n\n[1]\n'))).toMatchObject({
      status: 422,
      code: 'notAnObject',
      at: { line: 3, index: 1 },
    });
    expect(faultOf(() => parseNdjson('{"a":1,\n"b":2}'))).toMatchObject({ status: 400, at: { line: 1 } });
  });
});
