// XML: the rule of docs/xml.md, well-formedness, entities, limits.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyFault } from '../../../main/engine/parsing/body-fault.ts';
import { parseXml } from '../../../main/engine/parsing/parse-xml.ts';

const plain = (xml: string) => JSON.parse(JSON.stringify(parseXml(xml))) as unknown;
function faultOf(xml: string): BodyFault {
  try {
    parseXml(xml);
  } catch (error) {
    if (error instanceof BodyFault) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('the rule', () => {
  it.each([
    ['<a/>', { a: '' }],
    ['<a>007</a>', { a: '007' }],
    ['<a> x  y </a>', { a: ' x  y ' }],
    ['<a b="1"/>', { a: { '@b': '1' } }],
    ['<a b="1">t</a>', { a: { '@b': '1', '#text': 't' } }],
    ['<a><b>1.10</b><c>true</c></a>', { a: { b: '1.10', c: 'true' } }],
    [
      '<a>\n  <b>1</b>\n  <c/>\n  <b>2</b>\n  <b x="3"/>\n</a>',
      { a: { b: ['1', '2', { '@x': '3' }], c: '' } },
    ],
    ['<a>Hello <b>big</b> world</a>', { a: { '#text': 'Hello  world', b: 'big' } }],
    ['<a><![CDATA[<x>&amp;]]></a>', { a: '<x>&amp;' }],
    ['<a>1<!-- c -->2<?pi x?>3</a>', { a: '123' }],
    ['<a>&lt;&amp;lt;&#252;&#x1F600;</a>', { a: '<&lt;ü😀' }],
    [
      '<s:E xmlns:s="urn:s" s:a="1"><s:B>+49 1</s:B></s:E>',
      { 's:E': { '@xmlns:s': 'urn:s', '@s:a': '1', 's:B': '+49 1' } },
    ],
    [
      '<constructor><toString>1</toString><length/></constructor>',
      { constructor: { toString: '1', length: '' } },
    ],
    ['<?xml version="1.0"?>\r\n<a>x\r\ny</a>', { a: 'x\ny' }],
  ])('%s', (xml, value) => {
    expect(plain(xml)).toEqual(value);
  });

  it('keeps elements and attributes named __proto__ as ordinary keys', () => {
    const value = parseXml('<__proto__ __proto__="1"><__proto__>2</__proto__></__proto__>');
    expect(JSON.stringify(value)).toBe('{"__proto__":{"@__proto__":"1","__proto__":"2"}}');
  });

  it('is the one that docs/xml.md shows', () => {
    const doc = readFileSync(new URL('../../../docs/xml.md', import.meta.url), 'utf8');
    const examples = [...doc.matchAll(/```xml\n([\s\S]*?)```\s*```json\n([\s\S]*?)```/g)];
    expect(examples.length).toBeGreaterThan(4);
    for (const [, xml = '', json = ''] of examples) expect(plain(xml)).toEqual(JSON.parse(json));
  });

  it('text and attributes survive any characters', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter((value) => /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(value));
    const escaped = (value: string) => value.replace(/[&<>"\t\n]/g, (char) => `&#${char.charCodeAt(0)};`);
    fc.assert(
      fc.property(text, text, (content, attribute) => {
        const value = parseXml(`<a b="${escaped(attribute)}"><c>${escaped(content)}</c></a>`);
        expect(JSON.stringify(value)).toBe(JSON.stringify({ a: { '@b': attribute, c: content } }));
      }),
    );
  });
});

describe('faults', () => {
  it.each([
    ['<a><b></a>', 1, 'does not match'],
    ['<a>\n<b>', 2, 'not closed'],
    ['<a>\n &nbsp;</a>', 2, 'entity is not defined'],
    ['<a b="1" b="2"/>', 1, 'twice'],
    ['<a/><b/>', 1, 'root'],
    ['<a', 1, ''],
    ['<a>&', 1, ''],
    ['<a b=1/>', 1, ''],
    ['<a>\u0001</a>', 1, ''],
    ['x<a/>', 1, ''],
  ])('%j is a 400 with its place', (xml, line, sentence) => {
    const fault = faultOf(xml);
    expect(fault).toMatchObject({ status: 400, code: 'malformedXml', at: { line } });
    expect(fault.at?.column).toBeGreaterThan(0);
    expect(fault.message).toContain(sentence);
  });

  it('refuses a DOCTYPE, entities or not', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    const external = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>';
    for (const xml of [bomb, external, '<!DOCTYPE html><html/>']) {
      expect(faultOf(xml)).toMatchObject({ status: 422, code: 'doctype' });
    }
  });

  it('limits depth and keys', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(parseXml(nested(512))).toBeDefined();
    expect(faultOf(nested(513))).toMatchObject({ status: 422, code: 'tooDeep' });
    expect(faultOf(`<a>${'<b c="1"/>'.repeat(100_000)}</a>`)).toMatchObject({
      status: 422,
      code: 'tooManyKeys',
    });
  });
});
