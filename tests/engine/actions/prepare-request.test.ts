import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionBody, JsonValue, TemplatePair } from '#contract';
import { checkTemplate, renderText } from '../../../main/engine/actions/liquid-templates.ts';
import { prepareRequest, type RequestParts } from '../../../main/engine/actions/prepare-request.ts';
import {
  scopeOf,
  type TemplateContext,
  templateValues,
} from '../../../main/engine/actions/template-scope.ts';

const baseUrl = 'https://api.example.com/v1';

function contextOf(fields: Record<string, JsonValue>, more: Partial<TemplateContext> = {}): TemplateContext {
  return {
    item: {
      id: 'itm_1',
      externalId: 'a-1',
      title: 'Ada "Lovelace"',
      fields,
      createdAt: '2026-11-24T10:00:00.000Z',
      updatedAt: '2026-11-24T11:00:00.000Z',
      version: 3,
    },
    ...more,
  };
}

function partsOf(parts: Partial<RequestParts>): RequestParts {
  return { method: 'POST', path: '/people', query: [], headers: [], body: { kind: 'none' }, ...parts };
}

function prepare(parts: Partial<RequestParts>, fields: Record<string, JsonValue> = {}, more = {}) {
  return prepareRequest({ parts: partsOf(parts), baseUrl, context: contextOf(fields, more) });
}

const bodyOf = (made: ReturnType<typeof prepare>) => Buffer.from(made.request?.body ?? []).toString();
const json = (template: string): ActionBody => ({ kind: 'json', template });
const pair = (name: string, value: string): TemplatePair => ({ name, value });

describe('a prepared request', () => {
  it('has path, query, headers and a JSON body with the values of the item', () => {
    const made = prepare(
      {
        path: '/lists/{{ item.fields.list }}/members/{{ item.id }}',
        query: [pair('notify', '{{ item.fields.mail }}'), pair('q', 'a b')],
        headers: [pair('X-Title', '{{ item.title }}')],
        body: json(
          '{"mail": {{ item.fields.mail | json }}, "name": "Dear {{ item.title }}", "v": {{ item.version }}}',
        ),
      },
      { list: 'news & more', mail: 'ada@example.com' },
    );
    expect(made.prepared.faults).toEqual([]);
    expect(made.request?.target).toBe(
      '/lists/news%20%26%20more/members/a-1?notify=ada%40example.com&q=a%20b',
    );
    expect(made.prepared.url).toBe(`https://api.example.com/v1${made.request?.target}`);
    expect(made.request?.headers).toEqual([
      ['X-Title', 'Ada "Lovelace"'],
      ['Content-Type', 'application/json'],
    ]);
    expect(bodyOf(made)).toBe('{"mail": "ada@example.com", "name": "Dear Ada \\"Lovelace\\"", "v": 3}');
    expect(made.prepared.body).toMatchObject({ text: bodyOf(made), cut: false });
  });

  it('prints numbers of many digits as numbers, in and out of quotes', () => {
    const made = prepare(
      {
        path: '/n/{{ item.fields.big }}',
        body: json(
          '{"a": {{ item.fields.big | json }}, "b": {{ item.fields.big }}, "c": "{{ item.fields.big }}", "d": {{ item.fields.price }}, "zip": {{ item.fields.zip | json }}}',
        ),
      },
      { big: '12345678901234567890', price: '1.10', zip: '01234' },
      { fieldTypes: { big: 'number', price: 'number', zip: 'text' } },
    );
    expect(made.prepared.faults).toEqual([]);
    expect(made.request?.target).toBe('/n/12345678901234567890');
    expect(bodyOf(made)).toBe(
      '{"a": 12345678901234567890, "b": 12345678901234567890, "c": "12345678901234567890", "d": 1.10, "zip": "01234"}',
    );
  });

  it('compares numbers of many digits by their digits', () => {
    const scope = scopeOf(contextOf({ big: '12345678901234567891' }, { fieldTypes: { big: 'number' } }));
    expect(
      renderText('{% if item.fields.big == "12345678901234567890" %}same{% else %}other{% endif %}', scope),
    ).toBe('other');
    expect(renderText('{% if item.fields.big > 5 %}more{% endif %}', scope)).toBe('more');
  });

  it('writes objects, lists, missing and empty values as JSON', () => {
    const made = prepare(
      {
        body: json(
          '{"o": {{ item.fields.o }}, "l": {{ item.fields.l | json }}, "m": {{ item.fields.missing }}, "n": "{{ item.fields.missing }}"}',
        ),
      },
      { o: { a: [1, 'x"y'] }, l: [true, null] },
    );
    expect(bodyOf(made)).toBe('{"o": {"a":[1,"x\\"y"]}, "l": [true,null], "m": null, "n": ""}');
  });

  it('builds forms, XML and text', () => {
    const form = prepare(
      { body: { kind: 'form', fields: [pair('data[mail]', '{{ item.fields.m }}'), pair('x', '1')] } },
      { m: 'a&b=c d' },
    );
    expect(bodyOf(form)).toBe('data%5Bmail%5D=a%26b%3Dc+d&x=1');
    expect(form.request?.headers).toEqual([['Content-Type', 'application/x-www-form-urlencoded']]);
    const xml = prepare(
      { body: { kind: 'xml', template: '<p n="{{ item.title }}">{{ item.fields.m }}</p>' } },
      { m: '<b>&' },
    );
    expect(bodyOf(xml)).toBe('<p n="Ada &quot;Lovelace&quot;">&lt;b&gt;&amp;</p>');
    const text = prepare(
      { body: { kind: 'text', template: 'Hi {{ item.fields.m }}', contentType: 'text/markdown' } },
      { m: 'ä' },
    );
    expect(bodyOf(text)).toBe('Hi ä');
    expect(text.request?.headers).toEqual([['Content-Type', 'text/markdown']]);
  });

  it('keeps a content type of the author', () => {
    const made = prepare({ headers: [pair('content-type', 'application/vnd.api+json')], body: json('{}') });
    expect(made.request?.headers).toEqual([['content-type', 'application/vnd.api+json']]);
  });

  it('reads capture and module fields', () => {
    const made = prepare(
      {
        body: json(
          '{"e": "{{ capture.headers.x-event }}", "q": "{{ capture.query.page }}", "b": {{ capture.body.n }}, "m": "{{ module.Plan }}"}',
        ),
      },
      {},
      {
        capture: {
          id: 'cap_1',
          receivedAt: '',
          headers: [['X-Event', 'subscribe']],
          query: 'page=2',
          body: { n: 7 },
        },
        module: { Plan: 'gold' },
      },
    );
    expect(bodyOf(made)).toBe('{"e": "subscribe", "q": "2", "b": 7, "m": "gold"}');
  });
});

describe('what is wrong is said, with its place, and nothing is sent', () => {
  const faultOf = (parts: Partial<RequestParts>, fields = {}) => {
    const made = prepare(parts, fields);
    expect(made.request).toBeUndefined();
    return made.prepared.faults[0];
  };

  it('a template that does not parse', () => {
    expect(faultOf({ path: '/a/{{ item.title | nope }}' })).toMatchObject({
      where: 'path',
      message: 'There is no filter "nope".',
    });
    expect(faultOf({ body: json('{"a": {% include "x" %}}') })).toMatchObject({
      where: 'body',
      message: 'There is no tag "include" here.',
      position: 6,
    });
    expect(faultOf({ query: [pair('a', '{{ item.title')] })).toMatchObject({
      where: 'query.0.value',
      position: 0,
    });
    expect(faultOf({ headers: [pair('X-A', 'ab {{ itm.title }}')] })).toMatchObject({
      where: 'headers.0.value',
      position: 6,
    });
  });

  it('names that are no names, and headers that are ours', () => {
    expect(faultOf({ headers: [pair('X A', '1')] })).toMatchObject({ where: 'headers.0.name' });
    expect(faultOf({ headers: [pair('Host', 'evil.example')] })?.message).toContain('by itself');
    expect(faultOf({ headers: [pair('Content-Length', '1')] })?.where).toBe('headers.0.name');
    expect(faultOf({ headers: [pair('Hookbench-Hops', '1')] })?.where).toBe('headers.0.name');
  });

  it('an empty value in the path, a path that climbs, a path without a slash', () => {
    expect(faultOf({ path: '/people/{{ item.fields.none }}' })?.message).toContain('empty');
    expect(faultOf({ path: '/people/{{ item.fields.up }}/x' }, { up: '..' })?.message).toContain('".."');
    expect(faultOf({ path: '/people/../x' })?.where).toBe('path');
    expect(faultOf({ path: 'people' })?.message).toContain('"/"');
    expect(faultOf({ path: '/a#b' })?.message).toContain('#');
  });

  it('a body that is not what it is said to be', () => {
    expect(faultOf({ body: json('{"a": }') })?.message).toMatch(/line 1, column 7/);
    expect(faultOf({ body: json('') })?.where).toBe('body');
    expect(faultOf({ body: { kind: 'xml', template: '<a><b></a>' } })?.message).toContain(
      'Not well-formed XML',
    );
  });

  it('a rendering without end is stopped', () => {
    const template = '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a }}{% endfor %}{% endfor %}';
    const start = performance.now();
    expect(faultOf({ body: { kind: 'text', template } })?.message).toContain('stopped');
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('no prototypes, no files', () => {
    const scope = scopeOf(contextOf({ a: 'x' }));
    expect(
      renderText(
        '{{ item.constructor }}{{ item.fields.__proto__ }}{{ item.title.length.constructor }}',
        scope,
      ),
    ).toBe('');
    expect(checkTemplate("{% render '/etc/passwd' %}")?.message).toContain('no tag');
    expect(
      renderText('{{ item.fields.__proto__ }}', scopeOf(contextOf(JSON.parse('{"__proto__":"own"}')))),
    ).toBe('own');
  });
});

describe('hostile values stay in their place', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom(
      '../../admin',
      '..',
      '.',
      '%2e%2e',
      '/',
      '\\',
      '?a=b',
      '#x',
      '@evil.example',
      '//evil.example',
      'a\r\nX-Evil: 1',
      '","admin":true,"x":"',
      '\\","a":"',
      '</p><q/>',
      ']]>',
      '{{ item.id }}',
      '\u2028',
      '\ud800',
      '&admin=1',
    ),
  );

  it('never change host or path segments', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const { request, prepared } = prepare(
          { path: '/people/{{ item.fields.v }}/edit', query: [pair('a', '{{ item.fields.v }}')] },
          { v: value },
        );
        if (!request) {
          expect(prepared.faults[0]?.message).toMatch(/"\.\."|empty/);
          return;
        }
        const url = new URL(prepared.url);
        expect(url.origin).toBe('https://api.example.com');
        expect(url.pathname.split('/')).toHaveLength(5);
        expect(url.pathname.split('/').at(-1)).toBe('edit');
        expect(decodeURIComponent(url.pathname.split('/')[3] ?? '')).toBe(value.toWellFormed());
        expect([...url.searchParams]).toEqual([['a', value.toWellFormed()]]);
        expect(url.hash).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('never add a header', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const { request } = prepare({ headers: [pair('X-V', 'a{{ item.fields.v }}')] }, { v: value });
        expect(request?.headers).toHaveLength(1);
        expect(request?.headers[0]?.[1]).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });

  it('never add members to JSON, elements to XML or fields to a form', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const well = value.toWellFormed();
        const body = bodyOf(
          prepare(
            {
              body: json(
                '{"a": "{{ item.fields.v }}", "b": {{ item.fields.v }}, "c": {{ item.fields.v | json }}}',
              ),
            },
            { v: value },
          ),
        );
        expect(JSON.parse(body)).toEqual({ a: well, b: well, c: well });
        const form = bodyOf(
          prepare({ body: { kind: 'form', fields: [pair('a', '{{ item.fields.v }}')] } }, { v: value }),
        );
        expect([...new URLSearchParams(form)]).toEqual([['a', well]]);
        const xml = prepare(
          { body: { kind: 'xml', template: '<p a="{{ item.fields.v }}">{{ item.fields.v }}</p>' } },
          { v: value },
        );
        const text = bodyOf(xml);
        if (xml.request) expect(text.match(/</g)).toHaveLength(2);
        else expect(xml.prepared.faults[0]?.where).toBe('body');
      }),
      { numRuns: 500 },
    );
  });
});

it('lists what can be inserted with expressions that work', () => {
  const context = contextOf(
    {
      mail: 'ada@example.com',
      'First name': 'Ada',
      tags: ['a', 'b'],
      address: { city: 'Köln' },
      big: '12345678901234567890',
    },
    { fieldTypes: { big: 'number' }, module: { Plan: 'gold' } },
  );
  const values = templateValues(context);
  const scope = scopeOf(context);
  expect(values.map(({ expression }) => expression)).toEqual(
    expect.arrayContaining([
      'item.id',
      'item.title',
      'item.fields.mail',
      'item.fields["First name"]',
      'item.fields.tags',
      'item.fields.tags[0]',
      'item.fields.address.city',
      'module.Plan',
    ]),
  );
  expect(values.find(({ expression }) => expression === 'item.fields.big')).toMatchObject({ type: 'number' });
  for (const { expression, example } of values) {
    expect(renderText(`{{ ${expression} }}`, scope)).toBe(example);
  }
});
