// What the screens of `bench/window.ts` show: small and very large calls, 100,000 items, 60 data sources, 10,000 results of a replay, a module.
import type { Api } from './programs.ts';

interface Source {
  id: string;
  url: string;
}

export interface WindowData {
  small: Source;
  large: Source;
  items: Source;
  itemCount: number;
  /** Ids of the two calls of 5 MB. */
  pair: [string, string];
  replayId: string;
  moduleId: string;
}

const textOf = (length: number) => 'lorem ipsum dolor sit amet '.repeat(Math.ceil(length / 27));
const rowOf = (id: number) => ({
  id,
  email: `person${id}@example.com`,
  city: ['Berlin', 'Köln', 'Paris'][id % 3],
  score: (id * 7919) % 10_007,
});

/** A list of at least so many bytes. */
export function listOf(bytes: number, change = 0): string {
  const rows: string[] = [];
  for (let size = 0; size < bytes; size += rows.at(-1)?.length ?? 0) {
    const note = rows.length % 500 === 1 ? `${change} ${textOf(600)}` : textOf(600);
    rows.push(JSON.stringify({ ...rowOf(rows.length), note }));
  }
  return `[${rows.join(',')}]`;
}

/** About 1 KB, and different in each. */
function callOf(id: number): string {
  const lines = [1, 2, 3].map((line) => ({ sku: `sku-${id}-${line}`, quantity: line, price: '12.50' }));
  return JSON.stringify({
    ...rowOf(id),
    address: { street: 'High Street 1', zip: '10115' },
    lines,
    note: textOf(400),
  });
}

async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!answer.ok) throw new Error(`A call was answered ${answer.status}: ${await answer.text()}`);
}

export async function fillForWindow(api: Api, items: number, results: number): Promise<WindowData> {
  async function create(name: string): Promise<Source> {
    type Created = { dataSource: { id: string; connections: { localUrl: string }[] } };
    const { dataSource } = await api<Created>('dataSources.create', { kind: 'custom', name });
    return { id: dataSource.id, url: dataSource.connections[0]?.localUrl ?? '' };
  }
  const callsOf = async ({ id }: Source) =>
    (
      await api<{ captures: { id: string }[] }>('captures.list', { dataSourceId: id, limit: 100 })
    ).captures.map((call) => call.id);
  const settled = async ({ id }: Source) => {
    type Counted = { dataSource: { counts: { waiting: number } } };
    while ((await api<Counted>('dataSources.get', { id })).dataSource.counts.waiting > 0)
      await new Promise((resolve) => setTimeout(resolve, 250));
  };

  const small = await create('Small calls');
  for (let id = 0; id < 60; id += 1) await post(small.url, callOf(id));
  const large = await create('Large calls');
  await post(large.url, listOf(24_500_000));
  const two = await create('Two calls of 5 MB');
  for (const change of [1, 2]) await post(two.url, listOf(5_000_000, change));
  const [right, left] = await callsOf(two);
  if (left === undefined || right === undefined) throw new Error('The calls of 5 MB are not listed.');

  const many = await create('Many items');
  await api('mapping.save', {
    dataSourceId: many.id,
    mapping: {
      id: 'id',
      title: 'email',
      fields: [
        { name: 'city', path: 'city', type: 'text' },
        { name: 'score', path: 'score', type: 'number' },
      ],
    },
  });
  for (let from = 0; from < items; from += 2_000) {
    const rows = Array.from({ length: Math.min(2_000, items - from) }, (_, at) => rowOf(from + at));
    await post(many.url, JSON.stringify(rows));
  }
  await settled(many);
  for (let at = 1; at <= 55; at += 1) await create(`Data source ${at}`);

  const replayed = await create('Replayed');
  await post(replayed.url, callOf(1));
  const [first] = await callsOf(replayed);
  const { job } = await api<{ job: { id: string } }>('replays.start', {
    captures: { ids: [first] },
    target: { kind: 'receiver' },
    options: { repeat: results, burst: true, deliveryIds: 'fresh' },
  });
  for (let state = 'running'; state === 'running' || state === 'waiting'; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    state = (await api<{ job: { state: string } }>('replays.get', { id: job.id })).job.state;
  }

  const { solution } = await api<{ solution: { id: string } }>('solutions.create', { name: 'Window' });
  for (const { id } of [many, small])
    await api('dataSources.setAccess', { id, solutionId: solution.id, allowed: true });
  const { module } = await api<{ module: { id: string } }>('modules.create', {
    solutionId: solution.id,
    enabled: false,
    module: {
      name: 'Six steps',
      dataSourceId: many.id,
      trigger: { kind: 'itemAdded' },
      conditions: { mode: 'all', conditions: [] },
      fields: [],
      steps: ['one', 'two', 'three', 'four', 'five', 'six'].map((id) => ({
        id,
        dataSourceId: small.id,
        method: 'POST',
        path: `/${id}`,
        body: { kind: 'json', template: '{"email": {{ item.title | json }}}' },
        stopOnFailure: true,
      })),
    },
  });
  return {
    small,
    large,
    items: many,
    itemCount: items,
    pair: [left, right],
    replayId: job.id,
    moduleId: module.id,
  };
}
