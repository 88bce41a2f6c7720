// parseBody: formats by declaration and by look, compression, charsets, limits; and that it never throws.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { toJson } from '../../../main/engine/mapping/to-json.ts';
import { type ParsedBody, parseBody } from '../../../main/engine/parsing/parse-body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, contentType?: string) => parseBody({ body: bytes(text), contentType });

function good(parsed: ParsedBody) {
  if (!parsed.ok) throw new Error(`${parsed.status} ${parsed.rejection.code}: ${parsed.rejection.message}`);
  return parsed;
}
function bad(parsed: ParsedBody) {
  if (parsed.ok) throw new Error(`was read as ${parsed.format}: ${toJson(parsed.value)}`);
  return parsed;
}

describe('formats', () => {
  it.each([
    ['application/json', '{"a":1}', 'json', 1],
    ['application/json', '[]', 'json', 0],
    ['application/json', '[{},{},{}]', 'json', 3],
    ['text/json; charset=utf-8', '{}', 'json', 1],
    ['application/vnd.api+json', '{}', 'json', 1],
    ['application/xml', '<a/>', 'xml', 1],
    ['text/xml', '<a/>', 'xml', 1],
    ['application/soap+xml; action="x"', '<a/>', 'xml', 1],
    ['application/x-www-form-urlencoded', 'a=1', 'form', 1],
    ['application/x-ndjson', '{"a":1}\n{"a":2}\n', 'ndjson', 2],
    ['application/jsonl', '{"a":1}', 'ndjson', 1],
  ])('%s %s', (contentType, text, format, elements) => {
    expect(good(read(text, contentType))).toMatchObject({ format, elements, notes: [] });
  });

  it.each([
    [undefined, '{"a":1}', 'json', 'No content type, read as JSON.'],
    ['text/plain', '{"a":1}', 'json', 'Declared text/plain, read as JSON.'],
    ['text/plain', ' \n<a/>', 'xml', /./],
    ['application/json', '<a>1</a>', 'xml', 'Declared application/json, read as XML.'],
    ['application/xml', '{"a":1}', 'json', 'Declared application/xml, read as JSON.'],
    ['application/x-www-form-urlencoded', '{"a":"x=y"}', 'json', /read as JSON/],
    ['application/x-www-form-urlencoded', '<a b="1"/>', 'xml', /read as XML/],
    ['application/json', 'a=1&b=2', 'form', /read as a form/],
    [undefined, '{"a":1}\n{"a":2}', 'ndjson', /read as NDJSON/],
    ['application/json', '{"a":1}\r\n{"a":2}\r\n', 'ndjson', /read as NDJSON/],
    ['multipart/form-data; boundary=x', '{"a":1}', 'json', /read as JSON/],
    [
      'application/octet-stream',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
      'multipart',
      /read as multipart/,
    ],
  ])('%s is recognised in %s', (contentType, text, format, note) => {
    const parsed = good(read(text, contentType as string | undefined));
    expect(parsed.format).toBe(format);
    if (format !== 'xml' || contentType !== 'text/plain') expect(parsed.notes[0]).toMatch(note);
  });

  it('counts the fault of the declared type where nothing reads', () => {
    expect(bad(read('{"a":', 'application/json'))).toMatchObject({
      format: 'json',
      status: 400,
      rejection: { code: 'malformedJson' },
    });
    expect(bad(read('{"a":', 'application/xml'))).toMatchObject({
      format: 'xml',
      status: 400,
      rejection: { code: 'malformedXml' },
    });
    expect(bad(read('{"a":1,}', 'application/x-www-form-urlencoded'))).toMatchObject({
      format: 'json',
      rejection: { code: 'malformedJson' },
    });
    expect(bad(read('{bad', undefined))).toMatchObject({ format: 'json', status: 400 });
  });

  it('refuses what is of no type that we take, naming those', () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    for (const parsed of [
      parseBody({ body: png, contentType: 'image/png' }),
      read('hello', 'text/plain'),
      read('hello'),
    ]) {
      expect(bad(parsed)).toMatchObject({
        format: 'text',
        status: 415,
        rejection: { code: 'unreadableType' },
      });
      expect(bad(parsed).rejection.message).toContain('application/json');
    }
  });

  it.each(['', '  \r\n\t'])('takes the empty body %j', (text) => {
    expect(good(read(text, 'application/json'))).toMatchObject({ format: 'empty', elements: 1 });
    expect(good(read(text))).toMatchObject({ format: 'empty', elements: 1 });
  });

  it.each([
    ['"a"', undefined],
    ['1', undefined],
    ['[1]', 0],
    ['[{},null]', 1],
    ['[{},{},[]]', 2],
    ['[12345678901234567890]', 0],
  ])('refuses %s as no object', (text, index) => {
    const parsed = bad(read(text, 'application/json'));
    expect(parsed).toMatchObject({ status: 422, rejection: { code: 'notAnObject' } });
    expect(parsed.rejection.at?.index).toBe(index);
  });
});

describe('compression', () => {
  const text = JSON.stringify({ text: 'hello '.repeat(100) });
  const plain = bytes(text);
  it.each([
    ['gzip', gzipSync(plain)],
    ['X-GZIP', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['identity', plain],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['gzip', Buffer.concat([gzipSync(plain.subarray(0, 20)), gzipSync(plain.subarray(20))])],
    ['zstd', Buffer.concat([zstdCompressSync(plain.subarray(0, 20)), zstdCompressSync(plain.subarray(20))])],
    ['gzip', Buffer.concat([gzipSync(plain), Buffer.alloc(5)])],
  ])('%s', (contentEncoding, body) => {
    expect(good(parseBody({ body, contentEncoding, contentType: 'application/json' })).text).toBe(text);
  });

  it.each([
    ['gzip', gzipSync(plain).subarray(0, -9)],
    ['gzip', plain],
    ['gzip', Buffer.concat([gzipSync(plain), bytes('junk')])],
    ['deflate', Buffer.concat([deflateSync(plain), bytes('junk')])],
    ['br', Buffer.concat([brotliCompressSync(plain), bytes('junk')])],
    ['zstd', Buffer.concat([zstdCompressSync(plain), bytes('junk')])],
    ['br', brotliCompressSync(plain).subarray(0, -2)],
    ['zstd', zstdCompressSync(plain).subarray(0, -2)],
  ])('broken %s is a 400', (contentEncoding, body) => {
    expect(bad(parseBody({ body, contentEncoding }))).toMatchObject({
      status: 400,
      rejection: { code: 'brokenCompression' },
    });
  });

  it.each(['gzip', 'br', 'zstd', 'deflate'])(
    'counts the output of %s against the limit',
    (contentEncoding) => {
      const zeros = bytes(`{"a":"${'x'.repeat(100_000)}"}`);
      const pack = { gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync, deflate: deflateSync }[
        contentEncoding
      ];
      const body = pack?.(zeros) ?? zeros;
      const refused = bad(parseBody({ body, contentEncoding, maxBytes: zeros.length - 1 }));
      expect(refused).toMatchObject({ status: 413, rejection: { code: 'tooLarge' } });
      expect(refused.rejection.message).toContain('100,007');
      expect(parseBody({ body, contentEncoding, maxBytes: zeros.length }).ok).toBe(true);
    },
  );

  it('names the limit of 25 MiB for plain bodies', () => {
    const refused = bad(parseBody({ body: new Uint8Array(25 * 1024 * 1024 + 1) }));
    expect(refused).toMatchObject({ status: 413 });
    expect(refused.rejection.message).toContain('25 MiB');
  });

  it('refuses unknown encodings with 415 and names those that we take', () => {
    const refused = bad(parseBody({ body: plain, contentEncoding: 'compress' }));
    expect(refused).toMatchObject({ status: 415, rejection: { code: 'unknownEncoding' } });
    expect(refused.rejection.message).toContain('gzip, deflate, br, zstd');
    expect(bad(parseBody({ body: plain, contentEncoding: 'gzip,'.repeat(50) })).status).toBe(415);
  });
});

describe('charsets', () => {
  const value = { name: 'Zoë Ünïcode – €' };
  const text = JSON.stringify(value);
  it.each([
    ['utf-8', text],
    ['utf-16le', text],
    ['utf-16be', text],
    ['utf-32le', text],
    ['utf-32be', text],
  ])('%s by its bytes, with and without a mark', (charset, json) => {
    for (const addBOM of [false, true]) {
      const parsed = good(
        parseBody({ body: iconv.encode(json, charset, { addBOM }), contentType: 'application/json' }),
      );
      expect(parsed.value).toEqual(value);
      expect(parsed.text).toBe(json);
      expect(parsed.notes.length > 0).toBe(addBOM || charset !== 'utf-8');
    }
  });

  it.each(['windows-1252', 'iso-8859-15'])('%s by the header', (charset) => {
    const parsed = good(
      parseBody({
        body: iconv.encode('{"a":"é€"}', charset),
        contentType: `application/json; charset="${charset}"`,
      }),
    );
    expect(parsed.value).toEqual({ a: 'é€' });
  });

  it('the XML declaration', () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
    expect(good(parseBody({ body: iconv.encode(xml, 'latin1'), contentType: 'text/xml' })).value).toEqual({
      a: 'é',
    });
  });

  it('refuses broken UTF-8 with the offset of the byte', () => {
    const body = Buffer.concat([bytes('{"a":"é'), Buffer.from([0xe9, 0x22]), bytes('}')]);
    const refused = bad(parseBody({ body, contentType: 'application/json' }));
    expect(refused).toMatchObject({ status: 400, rejection: { code: 'brokenText', at: { offset: 8 } } });
  });

  it('refuses unknown charsets with 415', () => {
    for (const charset of ['klingon', 'base64', 'utf-7', 'hex']) {
      const refused = bad(read('{"a":1}', `application/json; charset=${charset}`));
      expect(refused).toMatchObject({ status: 415, rejection: { code: 'unknownCharset' } });
    }
  });
});

describe('for any input', () => {
  const types = fc.option(
    fc.oneof(
      fc.constantFrom(
        'application/json',
        'text/xml',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=b',
        'application/x-ndjson',
        'image/png',
      ),
      fc.string(),
    ),
    { nil: undefined },
  );
  it('never throws and never is without an answer', () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .string({ unit: fc.constantFrom(...'{}[]<>/"\'=&%:,.-+0123456789eE \n\\utrfnalse!?#@b\r') })
        .map(bytes),
      fc.json().map(bytes),
    );
    const encoding = fc.option(fc.constantFrom('gzip', 'deflate', 'br', 'zstd', 'identity', 'nope'), {
      nil: undefined,
    });
    fc.assert(
      fc.property(body, types, encoding, (input, contentType, contentEncoding) => {
        const parsed = parseBody({ body: input, contentType, contentEncoding });
        if (!parsed.ok) expect(parsed.rejection.message).toMatch(/\.$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes no longer for bodies and headers that are made to make a reader go back and forth', () => {
    const n = 60_000;
    const bodies = [
      `{}${'\n'.repeat(n)}`,
      `{${'}'.repeat(n)}\n`,
      `{"a":"${'\\"'.repeat(n)}`,
      `${'a'.repeat(n)} `,
      `a${'['.repeat(n)}=1`,
      `a${'[]'.repeat(n)}=1`,
      `<a ${'b '.repeat(n)}`,
      `<a>${'&'.repeat(n)}`,
      '%'.repeat(n),
      `${' '.repeat(n)}x`,
      '['.repeat(n),
    ];
    const types = [
      undefined,
      'application/x-www-form-urlencoded',
      'text/xml',
      `application/json;${'a'.repeat(16_000)}`,
      `x/y;a${' '.repeat(16_000)}b`,
    ];
    const started = performance.now();
    for (const body of bodies) for (const type of types) read(body, type);
    // All of them take about 0.1 s; a single one that is read in quadratic time takes longer than the limit.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
