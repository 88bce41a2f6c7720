// Finding captures: through the real receiver, store and worker; what the index answers is what looking at every call answers.
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallInput, readQuery } from '#contract';
import { createCaptureSearchTable } from '../../../main/engine/capture-search/capture-search-table.ts';
import {
  createCaptureWordsTable,
  openWords,
} from '../../../main/engine/capture-search/capture-words-table.ts';
import { createCallIndexing } from '../../../main/engine/capture-search/index-calls.ts';
import { runSearch } from '../../../main/engine/capture-search/run-search.ts';
import { openReader } from '../../../main/engine/store/database.ts';
import { newDataDir, startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
let shop: { id: string; url: string };
let news: { id: string; url: string };
const names = new Map<string, string>();

async function send(
  name: string,
  url: string,
  body: string | Uint8Array | undefined,
  headers: Record<string, string> = {},
  method = 'POST',
) {
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: body as string }) });
  const { captures } = await test.call('captures.list', { limit: 1 });
  names.set(captures[0]?.id ?? '', name);
  await response.arrayBuffer();
  return response.status;
}
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Names of what is found, newest first, over all pages. */
async function found(query: string, more: Partial<CallInput<'captures.list'>> = {}): Promise<string[]> {
  const all: string[] = [];
  let before: string | undefined;
  do {
    const page = await test.call('captures.list', {
      ...more,
      query,
      ...(before !== undefined && { before }),
    });
    all.push(...page.captures.map(({ id }) => names.get(id) ?? id));
    before = page.next;
  } while (before !== undefined);
  return all;
}
const idOf = (name: string) => [...names].find(([, each]) => each === name)?.[0] ?? '';

beforeAll(async () => {
  test = await startTestEngine();
  shop = await test.createSource();
  news = await test.createSource('mailchimp');
  await test.call('dataSources.rename', { id: shop.id, name: 'My Shop' });
  await test.call('dataSources.rename', { id: news.id, name: 'Letters' });
  await send(
    'order',
    shop.url,
    '{"order":{"id":12345678901234567890,"sku":"AB-1","total":9.50,"paid":true},"note":"caf\\u00e9 au lait"}',
    { ...json, 'X-GitHub-Event': 'push', 'x-request-id': 'req 77' },
  );
  await send(
    'gzipped',
    shop.url,
    gzipSync('{"order":{"id":2,"sku":"CD-2","total":"11","tags":["red","blue"]}}'),
    { ...json, 'content-encoding': 'gzip' },
  );
  await send('xml', shop.url, '<order><sku>EF-3</sku><name>J&#252;rgen &amp; Co</name></order>', {
    'content-type': 'application/xml',
  });
  await send('broken', shop.url, '{"broken": ', json);
  await send(
    'subscribe',
    news.url,
    'type=subscribe&data[email]=ada%40example.com&data[merges][FNAME]=Ada+Lovelace',
    form,
  );
  await send('unsubscribe', `${news.url}?page=2`, 'type=unsubscribe&data[email]=bob%40example.com', form);
  await send('check', news.url, undefined, {}, 'GET');
  await send('large', shop.url, JSON.stringify({ fill: 'x '.repeat(120_000), end: 'zebra crossing' }), json);
});
afterAll(() => test.stop());

describe('a query finds', () => {
  it.each<[string, string[]]>([
    ['', ['large', 'check', 'unsubscribe', 'subscribe', 'broken', 'xml', 'gzipped', 'order']],
    ['source:letters', ['check', 'unsubscribe', 'subscribe']],
    ['source:mailchimp status:accepted', ['unsubscribe', 'subscribe']],
    ['source:nobody', []],
    ['-source:"my shop"', ['check', 'unsubscribe', 'subscribe']],
    ['status:rejected', ['broken']],
    ['status:4xx', ['broken']],
    ['status:handshake,rejected', ['check', 'broken']],
    ['event:subscribe', ['subscribe']],
    ['event:*subscribe', ['unsubscribe', 'subscribe']],
    ['method:get', ['check']],
    ['format:xml', ['xml']],
    ['size:>100kb', ['large']],
    ['size:0', ['check']],
    ['size:1..12', ['broken']],
    ['CAFE', ['order']],
    ['café lait', ['order']],
    ['"au lait"', ['order']],
    ['"lait au"', []],
    ['"au lai"', []],
    ['jürg', ['xml']],
    ['"Jurgen & Co"', ['xml']],
    ['ada', ['subscribe']],
    ['love -bob', ['subscribe']],
    ['-ada source:letters', ['check', 'unsubscribe']],
    ['zebra', ['large']],
    ['"zebra crossing"', ['large']],
    ['-zebra size:>100kb', []],
    ['cd-2', ['gzipped']],
    ['x-github', ['order']],
    ['page=2', ['unsubscribe']],
    ['path:PAGE=2', ['unsubscribe']],
    ['type:xml', ['xml']],
    ['header:X-Github-event', ['order']],
    ['header:x-github-event=PUSH', ['order']],
    ['header:x-request-id~77', ['order']],
    ['header:content-encoding!=br', ['gzipped']],
    ['-header:x-github-event method:post format:json source:shop', ['large', 'broken', 'gzipped']],
    ['$.order.id=12345678901234567890', ['order']],
    ['$.order.id=12345678901234567891', []],
    ['$.order.total=9.5', ['order']],
    ['$.order.total>10', ['gzipped']],
    ['$.order.total<=11', ['gzipped', 'order']],
    ['$.order.paid=true', ['order']],
    ['$.order.sku~-', ['xml', 'gzipped', 'order']],
    ['$.order.sku!=AB-1', ['xml', 'gzipped']],
    ['$..tags=blue', ['gzipped']],
    ['$.data.merges.FNAME="Ada Lovelace"', ['subscribe']],
    ['$.order', ['xml', 'gzipped', 'order']],
    ['-$.order format:json', ['large', 'broken']],
    ['$headers["x-request-id"]="req 77"', ['order']],
    ['$.end~crossing', ['large']],
    ['contains:ovela', ['subscribe']],
    ['contains:"\\"order\\":"', ['gzipped', 'order']],
    ['contains:bra" cros"', []],
    ['verified:unchecked status:accepted event:subscribe', ['subscribe']],
    ['answered:<60s size:0', ['check']],
    ['items:1 source:letters', ['unsubscribe', 'subscribe']],
    ['after:1h', ['large', 'check', 'unsubscribe', 'subscribe', 'broken', 'xml', 'gzipped', 'order']],
    ['before:1h', []],
    ['-after:1h', []],
    ['"); DROP TABLE captures; --" OR', []],
  ])('%s', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
    // Through pages of one, and within one source.
    expect(await found(query, { limit: 1 })).toEqual(expected);
    const ofShop = expected.filter((name) => !['check', 'unsubscribe', 'subscribe'].includes(name));
    expect(await found(query, { dataSourceId: shop.id })).toEqual(ofShop);
  });

  it('ids, and only what came after a call', async () => {
    expect(await found(`id:${idOf('xml')},${idOf('order')}`)).toEqual(['xml', 'order']);
    const { captures } = await test.call('captures.list', { query: 'event:subscribe' });
    expect(await found('', { after: captures[0]?.sequence ?? 0 })).toEqual(['large', 'check', 'unsubscribe']);
    expect(await found('source:letters', { after: captures[0]?.sequence ?? 0 })).toEqual([
      'check',
      'unsubscribe',
    ]);
  });

  it('a fault tells its place and changes nothing', async () => {
    const result = await test.engine.dispatch(
      'captures.list',
      { query: 'ada size:big' },
      new AbortController().signal,
    );
    expect(result).toMatchObject({
      problem: {
        code: 'query.invalid',
        at: { offset: 9, length: 3 },
        message: expect.stringContaining('>100kb') as string,
      },
    });
    const path = await test.engine.dispatch(
      'captures.list',
      { query: 'ada -$.a[x]' },
      new AbortController().signal,
    );
    expect(path).toMatchObject({ problem: { code: 'query.invalid', path: 'query' } });
  });
});

it('marks: pins, notes and tags are found, and a missing call changes none', async () => {
  await test.call('captures.mark', { ids: [idOf('order'), idOf('xml')], pinned: true, addTags: ['Bug'] });
  await test.call('captures.mark', { ids: [idOf('order')], note: ' Ask Zoë about it ' });
  expect(await found('is:pinned')).toEqual(['xml', 'order']);
  expect(await found('tag:bug -format:xml')).toEqual(['order']);
  expect(await found('note:zoe')).toEqual(['order']);
  expect(await found('note:zoe jürgen')).toEqual([]);
  expect(await found('is:pinned caf')).toEqual(['order']);
  expect(await found('-is:pinned format:xml')).toEqual([]);
  const { captures } = await test.call('captures.list', { query: 'is:noted' });
  expect(captures).toMatchObject([{ pinned: true, note: 'Ask Zoë about it', tags: ['Bug'] }]);
  expect((await test.call('captures.tags', {})).tags).toEqual([{ tag: 'Bug', calls: 2 }]);
  await expect(test.call('captures.mark', { ids: [idOf('xml'), 'cap_none'], pinned: false })).rejects.toThrow(
    /capture.missing/,
  );
  expect(await found('is:pinned')).toEqual(['xml', 'order']);
  await test.call('captures.mark', { ids: [idOf('xml')], pinned: false, dropTags: ['BUG'] });
  expect(await found('tag:bug')).toEqual(['order']);
});

it('saved searches are kept, renamed and removed; a wrong one is refused', async () => {
  const { search } = await test.call('searches.save', { name: 'Refused', query: 'status:rejected' });
  await test.call('searches.save', { name: 'Refused', query: 'status:4xx', dataSourceId: shop.id });
  await expect(test.call('searches.save', { name: 'refused', query: 'x' })).rejects.toThrow(/already/);
  await expect(test.call('searches.save', { name: 'Wrong', query: 'size:' })).rejects.toThrow(
    /query.invalid/,
  );
  await test.call('searches.save', { id: search.id, name: 'All refused', query: 'status:rejected' });
  expect((await test.call('searches.list', {})).searches.map(({ name }) => name)).toEqual([
    'All refused',
    'Refused',
  ]);
  await test.call('searches.remove', { id: search.id });
  await expect(test.call('searches.remove', { id: search.id })).rejects.toThrow(/search.missing/);
});

/** Both ways on the same store: with everything in the index, and with nothing in it. */
function bothWays(dataDir: string) {
  const search = createCaptureSearchTable(openReader(`${dataDir}/hookbench.db`));
  const [indexed, empty] = ['a', 'b'].map((name) =>
    createCaptureWordsTable(openWords(`${dataDir}/words-${name}.db`)),
  );
  if (!indexed || !empty) throw new Error('no tables');
  const indexing = createCallIndexing({ search, words: indexed });
  while (indexing.indexSome(50));
  return (query: string) => {
    const result = readQuery(query);
    if (!result.ok) return undefined;
    const request = { terms: result.terms, limit: 500, timeMs: 60_000 };
    return [indexed, empty].map((words) =>
      runSearch({ search, words }, request, () => false).rows.map(({ id }) => names.get(id)),
    );
  };
}

it('the index finds exactly what looking at every call finds', () => {
  const ask = bothWays(test.dataDir);
  const part = fc.constantFrom(
    'ada',
    'caf',
    '"au lait"',
    'order',
    'sku',
    'x',
    'zebra',
    'c',
    'or',
    'e',
    'event:subscribe',
    'event:*sub*',
    'status:rejected',
    'status:2xx',
    'status:accepted',
    'source:shop',
    'source:mailchimp',
    'method:get',
    'format:json',
    'size:>100kb',
    'size:<50',
    'is:pinned',
    'tag:bug',
    'header:x-github-event=push',
    'header:content-type~json',
    '$.order.sku=AB-1',
    '$.order.total>1',
    '$.order',
    '$..email',
    '$.end',
    'contains:der',
    'type:json',
    'path:in',
    'after:1h',
    'before:2026-01-01',
    'verified:unchecked',
    'items:>0',
  );
  const query = fc.array(
    fc.tuple(fc.boolean(), part).map(([not, text]) => (not ? `-${text}` : text)),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(query, (parts) => {
      const [indexed, looked] = ask(parts.join(' ')) ?? [];
      expect(indexed).toBeDefined();
      expect(indexed).toEqual(looked);
    }),
    { numRuns: 400 },
  );
});

it('deleted calls leave the index; an index of another store is built anew', async () => {
  const dataDir = newDataDir();
  const other = await startTestEngine(dataDir);
  const { url } = await other.createSource();
  for (let i = 0; i < 5; i += 1)
    await fetch(url, { method: 'POST', headers: json, body: `{"n":"word${i}"}` });
  expect((await other.call('captures.list', { query: 'word3' })).captures).toHaveLength(1);
  await other.stop();

  const search = createCaptureSearchTable(openReader(`${dataDir}/hookbench.db`));
  const words = createCaptureWordsTable(openWords(`${dataDir}/words.db`));
  const indexing = createCallIndexing({ search, words });
  const facts = 'xany';
  words.put([{ sequence: 99, receivedAt: 1, facts, head: '', body: 'left over', isCut: true }], {
    sequence: 99,
    captureId: 'cap_other',
  });
  indexing.sweepSome(0);
  expect([...words.matches('left', 0, 1000)]).toEqual([]);
  indexing.checkStore();
  expect(words.cursor().sequence).toBe(0);
  while (indexing.indexSome(50));
  expect([...words.matches('word3', 0, 1000)]).toHaveLength(1);
});

function emptyIndex() {
  return createCaptureWordsTable(openWords(`${newDataDir()}/words.db`));
}

it('a beginning of a word is all words with it, as long as they are few', () => {
  const words = emptyIndex();
  const call = (sequence: number, body: string) => ({
    ...{ sequence, receivedAt: sequence, facts: 'xany', head: '', body, isCut: false },
  });
  words.put([call(1, 'golf course'), call(2, 'Golfer'), call(3, 'golf'), call(4, 'other')], {
    sequence: 4,
    captureId: 'cap_4',
  });
  expect(words.wordsWith('golf')).toEqual(['golf', 'golfer']);
  expect(words.wordsWith('golfe')).toEqual(['golfer']);
  expect(words.wordsWith('gulf')).toEqual([]);
  const many = Array.from({ length: 40 }, (_, i) => `hotel${i}`).join(' ');
  words.put([call(5, many)], { sequence: 5, captureId: 'cap_5' });
  expect(words.wordsWith('hotel')).toBeUndefined();
  expect(words.wordsWith('hotel1')).toHaveLength(11);
});

it('a time range leaves out no call that was received in it, however the clock jumped, and few others are looked at', () => {
  const words = emptyIndex();
  const received: number[] = [];
  for (let n = 1; n <= 6_000; n += 1) {
    // A minute apart; now and then an old call from a file, and once the clock was set back by an hour.
    received.push(n % 701 === 0 ? 5 : n * 60_000 - (n > 3_000 ? 3_600_000 : 0));
  }
  words.put(
    received.map((receivedAt, i) => ({
      sequence: i + 1,
      receivedAt,
      facts: 'xany',
      head: '',
      body: '',
      isCut: false,
    })),
    { sequence: received.length, captureId: 'cap_last' },
  );
  const time = fc.option(fc.integer({ min: -1, max: 6_100 * 60_000 }), { nil: undefined });
  fc.assert(
    fc.property(time, time, (from, to) => {
      const { after, before } = words.between(from, to);
      for (const [i, at] of received.entries()) {
        if ((from === undefined || at >= from) && (to === undefined || at < to)) {
          expect(i + 1).toBeGreaterThan(after);
          expect(i + 1).toBeLessThan(before);
        }
      }
    }),
  );
  const { after } = words.between(4_000 * 60_000, undefined);
  expect(after).toBeGreaterThan(3_400);
  expect(words.between(undefined, 3).before).toBeLessThan(2);
  expect(words.between(7_000 * 60_000, undefined)).toEqual({ after: 6_000, before: 6_001 });
});
