// Templates that would hold the engine's loop: stopped within one turn, told with their place, and no others with them.
import { describe, expect, it } from 'vitest';
import { checkTemplate, renderText } from '../../../main/engine/actions/liquid-templates.ts';
import { prepareRequest, type RequestParts } from '../../../main/engine/actions/prepare-request.ts';
import { createRenderTime, RenderTimeout, renderLimitMs } from '../../../main/engine/actions/render-time.ts';
import { scopeOf } from '../../../main/engine/actions/template-scope.ts';
import { leastMs, longestTurnMs } from '../../harness/longest-turn.ts';
import { type ModuleStage, setModuleStage } from '../../harness/module-stage.ts';

const item = (fields: Record<string, never>) => ({
  id: 'itm_1',
  externalId: '1',
  title: 'One',
  fields,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
});
/** What a call may bring: long lists, long texts. */
const fields = {
  words: Array.from({ length: 150_000 }, (_, n) => `word ${(n * 7_919) % 150_001}`),
  people: Array.from({ length: 50_000 }, (_, n) => ({ name: `P${n % 777}`, age: n })),
  text: '<script '.repeat(60_000),
  spaces: `${' '.repeat(400_000)}x`,
} as never;
const context = { item: item(fields) };
const partsOf = (change: Partial<RequestParts>): RequestParts => ({
  method: 'POST',
  path: '/',
  query: [],
  headers: [],
  body: { kind: 'none' },
  ...change,
});
const hostile: [string, string][] = [
  ['loops in loops', '{% for a in (1..9999) %}{% for b in (1..9999) %}{{ b }}{% endfor %}{% endfor %}'],
  ['loops that write nothing', '{% for a in (1..900000) %}{% if a == 1 %}{% endif %}{% endfor %}'],
  ['sorting', '{{ item.fields.words | sort_natural | reverse | sort | join }}'],
  ['sorting by a property', '{{ item.fields.people | sort: "name" | map: "age" | join }}'],
  ['an expression for each', '{{ item.fields.people | where_exp: "p", "p.name contains \\"7\\"" | size }}'],
  [
    'grouping again and again',
    '{% for a in (1..999) %}{{ item.fields.people | group_by: "age" | size }}{% endfor %}',
  ],
  ['splitting', '{% for a in (1..999) %}{{ item.fields.text | split: "" | uniq | size }}{% endfor %}'],
  [
    'doubling',
    '{% assign a = item.fields.text %}{% for n in (1..99) %}{% assign a = a | append: a %}{% endfor %}{{ a | size }}',
  ],
  ['replacing', '{% for a in (1..999) %}{{ item.fields.text | replace: "s", "ss" | size }}{% endfor %}'],
];

describe('a template that takes long', () => {
  it.each(hostile)('by %s is stopped within one turn and named', (_how, template) => {
    const parts = partsOf({ body: { kind: 'text', template } });
    const prepare = () => prepareRequest({ parts, baseUrl: 'https://a.example', context });
    const { prepared, request } = prepare();
    if (prepared.faults.length > 0) {
      expect(prepared.faults).toMatchObject([
        { where: 'body', message: expect.stringMatching(/took longer than 15 ms|too much memory/) },
      ]);
      expect(request).toBeUndefined();
    }
    expect(leastMs(prepare)).toBeLessThan(50);
  });

  it('takes the time of all others of its request; only the first one is blamed', () => {
    const [, slow] = hostile[0] as [string, string];
    const parts = partsOf({
      headers: Array.from({ length: 50 }, (_, n) => ({ name: `X-${n}`, value: slow })),
      body: { kind: 'json', template: '{"a": {{ item.title | json }}}' },
    });
    const prepare = () => prepareRequest({ parts, baseUrl: 'https://a.example', context });
    expect(prepare().prepared.faults.map(({ where }) => where)).toEqual(['headers.0.value']);
    expect(leastMs(prepare)).toBeLessThan(60);
  });

  it('that is quick is not stopped, however long the texts are', () => {
    const text = renderText(
      '{{ item.fields.text | strip_html }}|{{ item.fields.spaces | strip }}|{{ item.fields.words | first }}',
      scopeOf(context),
    );
    expect(text).toMatch(/\|x\|word 0$/);
  });

  it('with megabytes of values is checked by its structure, in time', () => {
    const long = { item: item({ text: 'Lorem "ipsum" <dolor> & '.repeat(60_000) } as never) };
    const made = (kind: 'json' | 'xml', template: string) => () =>
      prepareRequest({
        parts: partsOf({ body: { kind, template } }),
        baseUrl: 'https://a.example',
        context: long,
      });
    const inJson = made('json', '{"a": "{{ item.fields.text }}", "b": 1}');
    expect(JSON.parse(Buffer.from(inJson().request?.body ?? []).toString())).toMatchObject({ b: 1 });
    expect(leastMs(inJson)).toBeLessThan(50);
    const inXml = made('xml', '<a><b>{{ item.title }}</b>{{ item.fields.text | slice: 0, 500000 }}</a>');
    expect(inXml().prepared.faults).toEqual([]);
    expect(leastMs(inXml)).toBeLessThan(50);
    // What is wrong around the values is found all the same.
    expect(made('json', '{"a": "{{ item.fields.text }}", }')().prepared.faults).toHaveLength(1);
    expect(made('xml', '<a>{{ item.fields.text | slice: 0, 500000 }}</b>')().prepared.faults).toHaveLength(1);
    const control = { item: item({ text: `${'x'.repeat(100_000)}\u0001` } as never) };
    const parts = partsOf({ body: { kind: 'xml', template: '<a>{{ item.fields.text }}</a>' } });
    expect(prepareRequest({ parts, baseUrl: '', context: control }).prepared.faults).toHaveLength(1);
  });

  it('with more than it may send is refused before it is written', () => {
    const long = { item: item({ text: 'Lorem "ipsum" <dolor> & '.repeat(900_000) } as never) };
    for (const change of [
      { body: { kind: 'json', template: '{"a": {{ item.fields.text }} }' } },
      { path: '/{{ item.fields.text }}' },
      { headers: [{ name: 'X-Text', value: '{{ item.fields.text }}' }] },
    ] satisfies Partial<RequestParts>[]) {
      const prepare = () =>
        prepareRequest({ parts: partsOf(change), baseUrl: 'https://a.example', context: long });
      expect(prepare().prepared.faults.map(({ message }) => message)).toEqual([
        'What is sent here is larger than 2 MiB.',
      ]);
      expect(leastMs(prepare)).toBeLessThan(50);
    }
  });

  it('is read in time, however long it is, or refused', () => {
    const places = (count: number) => 'and {{ item.fields.text | json }},\n'.repeat(count);
    expect(checkTemplate(places(2_000))).toBeUndefined();
    expect(checkTemplate(places(2_001))?.message).toBe(
      'A template has at most 2000 places that are filled in.',
    );
    let round = 0;
    const long = () => checkTemplate(`${round++} ${places(2_000)}`);
    expect(leastMs(long)).toBeLessThan(50);
  });
});

describe('the time of renderings', () => {
  it('is shared: what one leaves is what the next one has', () => {
    const time = createRenderTime();
    const limits: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      time.spend((limitMs) => {
        limits.push(limitMs);
        burn(6);
      }, false);
    }
    expect(limits[0]).toBe(renderLimitMs);
    expect(limits[1]).toBeLessThanOrEqual(renderLimitMs - 6);
    expect(limits[2]).toBeLessThanOrEqual(renderLimitMs - 12);
  });

  it('gives a slow one a second chance, and then nothing to anybody', () => {
    const time = createRenderTime();
    let tries = 0;
    const endless = () => {
      tries += 1;
      for (;;);
    };
    expect(() => time.spend(endless, true)).toThrow(RenderTimeout);
    // A busy machine may take the processor away in between, which is no fault of the work.
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(tries).toBeLessThanOrEqual(6);
    expect(() => time.spend(() => 1, false)).toThrow(RenderTimeout);
    // The next request is not concerned.
    expect(createRenderTime().spend(() => 1, true)).toBe(1);
  });

  it('does not count what the machine did meanwhile', () => {
    let tries = 0;
    const interruptedTwice = () => {
      tries += 1;
      if (tries <= 3) throw new RenderTimeout();
      return tries;
    };
    expect(createRenderTime().spend(interruptedTwice, false)).toBe(4);
  });

  it('passes on what else goes wrong, from inside too', () => {
    const fault = new TypeError('no');
    const fails = () => {
      throw fault;
    };
    expect(() => createRenderTime().spend(fails, true)).toThrow(fault);
    const nested = createRenderTime().spend(() => createRenderTime().spend(() => 2, true), true);
    expect(nested).toBe(2);
  });
});

function burn(ms: number): void {
  const cpu = () => process.threadCpuUsage().user + process.threadCpuUsage().system;
  const start = cpu();
  while (cpu() - start < ms * 1_000);
}

describe('in a module', () => {
  let stage: ModuleStage;
  it('a hostile template fails its run with the reason, holds up nobody for 50 ms, and others run', async () => {
    stage = await setModuleStage();
    try {
      const [, slow] = hostile[0] as [string, string];
      const step = (id: string, template: string) => ({
        id,
        dataSourceId: stage.targetId,
        method: 'POST' as const,
        path: `/${id}`,
        body: { kind: 'text' as const, template },
        stopOnFailure: false,
      });
      await stage.addModule({ name: 'good' });
      await stage.addModule({
        name: 'bad',
        steps: [step('s1', slow), step('s2', slow), step('s3', slow), step('s4', '{{ item.title }}')],
      });
      await stage.addModule({
        name: 'formula',
        fields: [1, 2, 3].map((n) => ({
          name: `f${n}`,
          type: 'text',
          from: { kind: 'formula', formula: slow },
        })),
      });
      const send = async (id: number) => {
        await stage.send({ id, name: `N${id}`, email: 'e' });
        await stage.runs(
          (runs) => runs.length === 3 * id && runs.every(({ endedAt }) => endedAt !== undefined),
        );
      };
      await send(1);
      const turns = [await longestTurnMs(() => send(2)), await longestTurnMs(() => send(3))];
      expect(Math.min(...turns)).toBeLessThan(60);
      const runs = await stage.runs(() => true);
      expect(runs.map(({ moduleName, state }) => `${moduleName} ${state}`).sort()).toEqual(
        ['bad failed', 'formula failed', 'good succeeded'].flatMap((each) => [each, each, each]),
      );
      const bad = runs.find(({ moduleName }) => moduleName === 'bad');
      const { run } = await stage.test.call('runs.get', { id: bad?.id ?? '' });
      expect(run.stepList.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'succeeded']);
      expect(run.reason).toBe('body: Rendering took longer than 15 ms and was stopped.');
      expect(runs.find(({ moduleName }) => moduleName === 'formula')?.reason).toContain('The field f1');
      expect(stage.server.calls.filter(({ target }) => target === '/s4')).toHaveLength(3);
    } finally {
      await stage.stop();
    }
  });
});
