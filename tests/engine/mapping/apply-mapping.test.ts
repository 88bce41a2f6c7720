// Mappings applied: elements, ids, titles, field types, and the preview of half-typed mappings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldType, Mapping } from '#contract';
import { applyMapping, type MappingInput } from '../../../main/engine/mapping/apply-mapping.ts';
import { compileMapping } from '../../../main/engine/mapping/compile-mapping.ts';
import { toDateText } from '../../../main/engine/mapping/date-text.ts';
import { toField } from '../../../main/engine/mapping/field-values.ts';
import { childNodes, rootNode } from '../../../main/engine/mapping/payload-tree.ts';
import { prettyPrint, prettyXml } from '../../../main/engine/mapping/pretty-print.ts';
import { previewMapping } from '../../../main/engine/mapping/preview-mapping.ts';
import { toJson, toJsonCapped } from '../../../main/engine/mapping/to-json.ts';
import { parseJson } from '../../../main/engine/parsing/parse-json.ts';
import { parseXml } from '../../../main/engine/parsing/parse-xml.ts';
import type { PayloadValue } from '../../../main/engine/parsing/payload-value.ts';

const json = (text: string) => parseJson(text).value;
function apply(mapping: Mapping, input: MappingInput) {
  const compiled = compileMapping(mapping);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.rows));
  return applyMapping(compiled.compiled, input);
}
const ids = (mapping: Partial<Mapping>, text: string, more: Partial<MappingInput> = {}) =>
  apply({ id: 'id', title: 'id', ...mapping }, { value: json(text), ...more }).map(
    ({ externalId }) => externalId,
  );

describe('elements', () => {
  it.each([
    [{}, '{"id":1}', ['1']],
    [{}, '[{"id":1},{"id":2}]', ['1', '2']],
    [{}, '[]', []],
    [{ split: '$.events[*]' }, '{"events":[{"id":1},{"id":2}]}', ['1', '2']],
    [{ split: 'events' }, '{"events":[{"id":1},{"id":2}]}', ['1', '2']],
    [{ split: 'events' }, '{"events":{"id":1}}', ['1']],
    [{ split: '$[*].events[*]' }, '[{"events":[{"id":1}]},{"events":[{"id":2},{"id":3}]}]', ['1', '2', '3']],
    [{ split: '$.events[?@.kind=="a"]' }, '{"events":[{"id":1,"kind":"a"},{"id":2}]}', ['1']],
    [{ split: 'nope' }, '{"id":1}', []],
    [{ split: ' ' }, '{"id":1}', ['1']],
  ])('%j of %s', (mapping, text, wanted) => {
    expect(ids(mapping, text)).toEqual(wanted);
  });

  it.each([
    [{ id: '[0].id' }, '[{"id":1},{"id":2}]'],
    [{ id: '$[*].id' }, '[{"id":1},{"id":2}]'],
    [{ id: 'events[0].id', split: '$.events[*]' }, '{"events":[{"id":1},{"id":2}]}'],
    [{ id: '$.events[*].id', split: 'events' }, '{"events":[{"id":1},{"id":2}]}'],
    [{ id: 'a.l[1].id', split: 'a.l[*]' }, '{"a":{"l":[{"id":1},{"id":2}]}}'],
    [{ id: '[0].l[0].id', split: '$[*].l[*]' }, '[{"l":[{"id":1}]},{"l":[{"id":2}]}]'],
  ])('a path from the top, as a click gives it, works for each element: %j', (mapping, text) => {
    expect(ids(mapping, text)).toEqual(['1', '2']);
  });

  it('a path that an element has itself wins over the one from the top', () => {
    expect(ids({ id: 'l[0].id', split: 'l' }, '{"l":[{"id":"outer","l":[{"id":"inner"}]}]}')).toEqual([
      'inner',
    ]);
  });

  it('reach the whole payload, headers and query', () => {
    const mapping = {
      id: '$root.batch',
      title: '$headers["X-Event"]',
      split: 'l',
      fields: [{ name: 'page', path: '$query["page"]', type: 'number' as const }],
    };
    const [element] = apply(mapping, {
      value: json('{"batch":9,"l":[{}]}'),
      headers: [['x-event', 'push']],
      query: 'page=3',
    });
    expect(element).toMatchObject({ externalId: '9', title: 'push', fields: { page: 3 } });
  });

  it('of XML: one sibling is a list of one', () => {
    const mapping = { id: '@sku', title: '#text', split: 'order.item[*]' };
    for (const [xml, wanted] of [
      ['<order><item sku="1">A</item></order>', ['1']],
      ['<order><item sku="1">A</item><item sku="2">B</item></order>', ['1', '2']],
    ] as const) {
      expect(
        apply(mapping, { value: parseXml(xml), singleAsList: true }).map((one) => one.externalId),
      ).toEqual(wanted);
    }
  });
});

describe('id and title', () => {
  it.each([
    ['"x"', 'x'],
    ['7', '7'],
    ['12345678901234567890', '12345678901234567890'],
    ['12345678901234567891', '12345678901234567891'],
    ['1.10', '1.10'],
    ['true', 'true'],
    ['" x "', ' x '],
  ])('the id %s is %s', (source, id) => {
    expect(ids({}, `{"id":${source}}`)).toEqual([id]);
  });

  it.each(['null', '{}', '[1]', '""', '"  "', `"${'x'.repeat(1001)}"`])(
    '%s is no id, and the problem says so',
    (source) => {
      const [element] = apply({ id: 'id', title: 't' }, { value: json(`{"id":${source},"t":"T"}`) });
      expect(element?.externalId).toBeUndefined();
      expect(element?.problem).toMatch(/id.*\.$/);
      expect(element?.title).toBe('T');
    },
  );

  it('says that a missing id was not found', () => {
    expect(apply({ id: 'id', title: 't' }, { value: json('{}') })[0]?.problem).toContain('yields nothing');
  });

  it.each([
    ['{"id":1,"t":"T"}', 'T', undefined],
    ['{"id":1}', '1', true],
    ['{"id":1,"t":null}', '1', undefined],
    ['{"id":1,"t":""}', '1', undefined],
    ['{"id":1,"t":1.10}', '1.10', undefined],
    ['{"id":1,"t":{"a":1.10}}', '{"a":1.10}', undefined],
  ])('the title of %s is %s', (text, title, titleAbsent) => {
    const [element] = apply({ id: 'id', title: 't' }, { value: json(text) });
    expect(element?.title).toBe(title);
    expect(element?.titleAbsent).toBe(titleAbsent);
  });

  it('long titles are cut', () => {
    const [element] = apply({ id: 'id', title: 't' }, { value: { id: 1, t: 'x'.repeat(5000) } });
    expect(element?.title).toHaveLength(1000);
  });
});

describe('fields', () => {
  it.each<[FieldType, string, unknown, boolean]>([
    ['text', '"a"', 'a', true],
    ['text', '1.10', '1.10', true],
    ['text', 'true', 'true', true],
    ['text', '{"a":1.10}', '{"a":1.10}', true],
    ['text', 'null', null, true],
    ['number', '42', 42, true],
    ['number', '1.10', '1.10', true],
    ['number', '12345678901234567890', '12345678901234567890', true],
    ['number', '" 42 "', 42, true],
    ['number', '"007"', '007', true],
    ['number', '""', null, true],
    ['number', '"1,5"', null, false],
    ['number', 'true', null, false],
    ['number', '{}', null, false],
    ['boolean', 'true', true, true],
    ['boolean', '"Yes"', true, true],
    ['boolean', '0', false, true],
    ['boolean', '"off"', false, true],
    ['boolean', '"maybe"', null, false],
    ['boolean', '2', null, false],
    ['list', '[1.10,{"a":1e5}]', ['1.10', { a: '1e5' }], true],
    ['list', '"a"', ['a'], true],
    ['object', '{"a":{"b":1.10}}', { a: { b: '1.10' } }, true],
    ['object', '[]', null, false],
    ['date', '"2026-11-23T10:00:00Z"', '2026-11-23T10:00:00Z', true],
    ['date', '"soon"', 'soon', true],
    ['date', '1732320000', '2024-11-23T00:00:00.000Z', true],
  ])('%s from %s', (type, source, value, fits) => {
    const result = toField(json(source) as PayloadValue, type);
    expect(JSON.parse(JSON.stringify(result.value))).toEqual(value);
    expect(result.problem === undefined).toBe(fits);
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-23T10:00:00.123456Z', '2026-11-23T10:00:00.123456Z'],
    ['2026-11-23 10:00:00 UTC', undefined],
    ['2026-11-23 10:00:00', '2026-11-23T10:00:00'],
    ['2026-11-23T10:00:00+02:00', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T10:00:00+0200', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T10:00:00+00:00', '2026-11-23T10:00:00Z'],
    ['Mon, 23 Nov 2026 10:00:00 +0100', '2026-11-23T09:00:00.000Z'],
    ['23 Nov 2026 10:00 GMT', '2026-11-23T10:00:00.000Z'],
    ['1732320000', '2024-11-23T00:00:00.000Z'],
    ['1732320000123', '2024-11-23T00:00:00.123Z'],
    ['1732320000.5', '2024-11-23T00:00:00.500Z'],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['20261123', undefined],
    ['42', undefined],
    ['', undefined],
  ])('the date %s', (text, wanted) => {
    expect(toDateText(text)).toBe(wanted);
  });

  it('absent fields are named, null is a value, problems stand by name', () => {
    const fields = ['a', 'b', 'c'].map((name) => ({ name, path: name, type: 'number' as const }));
    const [element] = apply({ id: 'id', title: 'id', fields }, { value: json('{"id":1,"a":null,"c":"x"}') });
    expect(element).toMatchObject({ fields: { a: null, c: null }, absent: ['b'] });
    expect(Object.keys(element?.fieldProblems ?? {})).toEqual(['c']);
  });

  it('a list field collects all that its path selects', () => {
    const fields = [{ name: 'skus', path: 'l[*].sku', type: 'list' as const }];
    const [element] = apply(
      { id: 'id', title: 'id', fields },
      { value: json('{"id":1,"l":[{"sku":"a"},{"sku":"b"}]}') },
    );
    expect(element?.fields['skus']).toEqual(['a', 'b']);
  });

  it('a field may be named __proto__', () => {
    const fields = [{ name: '__proto__', path: 'a', type: 'object' as const }];
    const [element] = apply(
      { id: 'id', title: 'id', fields },
      { value: json('{"id":1,"a":{"__proto__":{"x":1}}}') },
    );
    expect(JSON.stringify(element?.fields)).toBe('{"__proto__":{"__proto__":{"x":1}}}');
  });

  it('a huge value stays in the call', () => {
    expect(toField('x'.repeat(1024 * 1024 + 1), 'text')).toMatchObject({
      value: null,
      problem: expect.stringContaining('1 MiB'),
    });
    expect(toField(['x'.repeat(1024 * 1024)], 'list')).toMatchObject({ value: null });
  });
});

describe('compileMapping', () => {
  it('names every row that cannot be read', () => {
    const fields: Mapping['fields'] = [
      { name: 'a', path: 'x', type: 'text' },
      { name: ' a ', path: 'y', type: 'text' },
      { name: '', path: 'y', type: 'text' },
      { name: 'b', path: 'y[', type: 'text' },
    ];
    expect(compileMapping({ id: ' ', title: '', split: '$.a[', fields })).toMatchObject({
      ok: false,
      rows: [
        { row: 'id', problem: { code: 'empty' } },
        { row: 'title', problem: { code: 'empty' } },
        { row: 'split', problem: { code: 'syntax', position: 4 } },
        { row: 'fields.1', problem: { code: 'duplicateName' } },
        { row: 'fields.2', problem: { code: 'noName' } },
        { row: 'fields.3', problem: { code: 'syntax' } },
      ],
    });
  });
});

describe('preview', () => {
  it('shows what each row yields, with the digits, and what is wrong', () => {
    const mapping: Mapping = {
      id: 'id',
      title: '',
      fields: [
        { name: 'n', path: 'n', type: 'number' },
        { name: 'd', path: 'nope', type: 'date' },
        { name: 'w', path: 'n', type: 'object' },
      ],
    };
    const preview = previewMapping(mapping, { value: json('{"id":12345678901234567890,"n":1.10}') });
    expect(preview).toMatchObject({
      itemCount: 1,
      items: [
        {
          externalId: '12345678901234567890',
          title: '12345678901234567890',
          fields: { n: { type: 'number', text: '1.10' } },
        },
      ],
      rows: [
        { row: 'id', value: { type: 'number', text: '12345678901234567890' } },
        { row: 'title', problem: { code: 'empty' } },
        { row: 'fields.0', value: { type: 'number', text: '1.10' } },
        { row: 'fields.1', problem: { code: 'nothing' } },
        { row: 'fields.2', value: { text: '1.10' }, problem: { code: 'wrongType' } },
      ],
    });
    expect(preview.rows[1]?.problem?.message).toContain('title has no path yet');
  });

  it('caps items and values', () => {
    const list = Array.from({ length: 50 }, (_, id) => ({ id, t: 'x'.repeat(5000) }));
    const preview = previewMapping({ id: 'id', title: 't', split: 'l' }, { value: { l: list } });
    expect(preview.itemCount).toBe(50);
    expect(preview.items).toHaveLength(20);
    expect(preview.rows.map(({ row }) => row)).toEqual(['id', 'title', 'split']);
    expect(preview.rows[1]?.value).toMatchObject({ cut: true });
    expect(preview.rows[1]?.value?.text).toHaveLength(2000);
    expect(preview.rows[2]?.value).toMatchObject({ type: 'list', cut: true });
  });

  it('of an id that is none', () => {
    const preview = previewMapping({ id: 'a', title: 'a' }, { value: json('{"a":{}}') });
    expect(preview.rows[0]).toMatchObject({
      problem: { code: 'notAnId' },
      value: { type: 'object', text: '{}' },
    });
    expect(preview.items[0]?.problem).toContain('an object');
  });

  it('without a call, and with a broken split', () => {
    const mapping = { id: 'id', title: '', split: 'a[' };
    expect(previewMapping(mapping, undefined).rows).toMatchObject([
      { row: 'id' },
      { row: 'title', problem: { code: 'empty' } },
      { row: 'split', problem: { code: 'syntax' } },
    ]);
    expect(previewMapping(mapping, { value: {} })).toMatchObject({ items: [], itemCount: 0 });
  });
});

describe('tree and text', () => {
  it('gives paths that lead back, level by level', () => {
    const hostile = fc.constantFrom('__proto__', 'length', 'a b', '', '0', 'x', '$', '"', 'é');
    const leaf = fc.constantFrom<PayloadValue>('t', 1, true, null);
    const { tree } = fc.letrec<{ tree: PayloadValue }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(hostile, tie('tree'), { noNullPrototype: false, maxKeys: 4 }),
      ),
    }));
    const visit = (value: PayloadValue, path: string): number => {
      const page = childNodes(value, path, 0, 100);
      return (page?.nodes ?? []).reduce((count, node) => {
        const own = childNodes(value, node.path, 0, 100);
        expect(own?.total).toBe(node.size);
        return count + 1 + visit(value, node.path);
      }, 0);
    };
    const count = (value: PayloadValue): number =>
      value === null || typeof value !== 'object'
        ? 0
        : Object.values(value).reduce<number>((sum, inner) => sum + 1 + count(inner as PayloadValue), 0);
    fc.assert(
      fc.property(tree, (value) => {
        expect(visit(value, rootNode(value).path)).toBe(count(value));
      }),
    );
  });

  it('pages a long list without copying it', () => {
    const value = { l: Array.from({ length: 1_000_000 }, (_, i) => i) };
    expect(childNodes(value, 'l', 999_998, 50)).toEqual({
      total: 1_000_000,
      nodes: [999_998, 999_999].map((i) => ({
        key: String(i),
        path: `l[${i}]`,
        type: 'number',
        text: String(i),
        size: 0,
      })),
    });
    expect(childNodes(value, 'nope', 0, 5)).toBeUndefined();
    expect(childNodes(value, 'l[', 0, 5)).toBeUndefined();
  });

  it('capped JSON is the beginning of the whole', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 200 }), (value, cap) => {
        const whole = JSON.stringify(value);
        const { text, cut } = toJsonCapped(value as PayloadValue, cap);
        expect(text).toBe(whole.slice(0, cap));
        expect(cut).toBe(whole.length > cap);
        const pretty = JSON.stringify(value, null, 2);
        expect(prettyPrint(value as PayloadValue, cap).text).toBe(pretty.slice(0, cap));
        expect(toJson(value as PayloadValue)).toBe(whole);
      }),
    );
  });

  it('pretty print keeps the digits', () => {
    expect(prettyPrint(json('{"a":[1.10,{}],"b":-0}'), 1000).text).toBe(
      '{\n  "a": [\n    1.10,\n    {}\n  ],\n  "b": -0\n}',
    );
  });

  it('indents XML', () => {
    const xml =
      '<?xml version="1.0"?><a x="1>2"><!-- c --><b>t</b><c/><d>mixed <e>x</e></d><f><![CDATA[<y>]]></f></a>';
    expect(prettyXml(xml, 1000).text).toBe(
      '<?xml version="1.0"?>\n<a x="1>2">\n  <!-- c -->\n  <b>t</b>\n  <c/>\n  <d>\n    mixed\n    <e>x</e>\n  </d>\n  <f><![CDATA[<y>]]></f>\n</a>',
    );
    expect(prettyXml(xml, 20)).toEqual({ text: '<?xml version="1.0"?', cut: true });
  });
});
