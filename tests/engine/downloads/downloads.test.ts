// Downloads: tickets that are good once, whole files or none, progress, cancel.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput, EventData } from '#contract';
import { startWithItems } from '../../harness/many-items.ts';
import type { TestEngine } from '../../harness/test-engine.ts';

const count = 3_000;
let test: TestEngine;
let dataSourceId: string;
const news: EventData<'items.exported'>[] = [];

beforeAll(async () => {
  ({ test, dataSourceId } = await startWithItems(count));
  test.engine.subscribe((event, data) => {
    if (event === 'items.exported') news.push(data as EventData<'items.exported'>);
  });
}, 60_000);
afterAll(() => test.stop());

const ticketFor = async (input: Partial<CallInput<'items.download'>> = {}) =>
  (await test.call('items.download', { dataSourceId, format: 'ndjson', ...input })).ticket;
const newsOf = (ticket: string) => news.filter((each) => each.ticket === ticket);
const folder = () => mkdtempSync(join(tmpdir(), 'hookbench-downloads-'));

async function textOf(ticket: string): Promise<string> {
  const download = test.engine.openDownload(ticket);
  if (!download) throw new Error('no such download');
  let text = '';
  for await (const part of download.parts) text += part;
  return text;
}

describe('a download', () => {
  it('has every item once, in the order of the ids, with its news to the end', async () => {
    const ticket = await ticketFor();
    const lines = (await textOf(ticket)).trimEnd().split('\n');
    expect(lines).toHaveLength(count);
    expect(lines.map((line) => JSON.parse(line).externalId)).toEqual(
      lines.map((_, i) => `user-${String(i + 1).padStart(6, '0')}`),
    );
    expect(lines[6]).toContain('"1234567890123456000007"');
    expect(newsOf(ticket).at(-1)).toEqual({ ticket, done: count, total: count, state: 'done' });
  });

  it('is taken once', async () => {
    const ticket = await ticketFor();
    expect(test.engine.openDownload(ticket)).toBeDefined();
    expect(test.engine.openDownload(ticket)).toBeUndefined();
    expect(test.engine.openDownload('unknown')).toBeUndefined();
  });

  it('holds the filtered or the chosen items only', async () => {
    const filtered = await ticketFor({ filters: [{ column: 'fields.city', is: 'equals', value: 'Köln' }] });
    expect((await textOf(filtered)).trimEnd().split('\n')).toHaveLength(count / 6);
    const { items } = await test.call('items.list', { dataSourceId, limit: 3 });
    const chosen = await ticketFor({ ids: items.map(({ id }) => id), format: 'json' });
    expect(
      JSON.parse(await textOf(chosen)).map(({ externalId }: { externalId: string }) => externalId),
    ).toEqual(items.map(({ externalId }) => externalId));
  });

  it('is a CSV with the fields of the mapping as columns', async () => {
    const lines = (await textOf(await ticketFor({ format: 'csv' }))).split('\r\n');
    expect(lines[0]).toBe('\ufeffid,title,score,mail,city,big,since,version,createdAt,updatedAt');
    expect(lines[1]).toMatch(/^user-000001,Person 1,7,person1@example\.com,Köln,1234567890123456000001,/);
    expect(lines).toHaveLength(count + 2);
  });

  it('that is cancelled ends with an error and says so', async () => {
    const ticket = await ticketFor();
    const parts = test.engine.openDownload(ticket)?.parts[Symbol.asyncIterator]();
    await parts?.next();
    await parts?.next();
    await test.call('items.cancelDownload', { ticket });
    await expect(parts?.next()).rejects.toThrow('cancelled');
    expect(newsOf(ticket).at(-1)).toMatchObject({ state: 'cancelled' });
  });
});

describe('a file', () => {
  it('appears under its name when it is whole', async () => {
    const path = join(folder(), 'items.csv');
    await test.engine.saveDownload(await ticketFor({ format: 'csv' }), path);
    expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(count + 2);
    expect(readdirSync(join(path, '..'))).toEqual(['items.csv']);
  });

  it('leaves what was there before, and nothing half-written, when it is cancelled', async () => {
    const path = join(folder(), 'items.csv');
    writeFileSync(path, 'earlier');
    const ticket = await ticketFor({ format: 'csv' });
    const saving = test.engine.saveDownload(ticket, path);
    await test.call('items.cancelDownload', { ticket });
    await expect(saving).rejects.toThrow('cancelled');
    expect(readFileSync(path, 'utf8')).toBe('earlier');
    expect(readdirSync(join(path, '..'))).toEqual(['items.csv']);
  });

  it('is refused where it cannot be written, and for a ticket that is used', async () => {
    const ticket = await ticketFor();
    const why = 'The folder does not exist. Nothing was kept of the file. Choose another one.';
    await expect(test.engine.saveDownload(ticket, join(folder(), 'no', 'x'))).rejects.toThrow(why);
    expect(newsOf(ticket).at(-1)).toMatchObject({ state: 'failed', message: why });
    const taken = await ticketFor();
    await expect(test.engine.saveDownload(taken, folder())).rejects.toThrow('A folder has this name.');
    expect(newsOf(taken).map(({ state }) => state)).not.toContain('done');
    expect(newsOf(taken).at(-1)).toMatchObject({ state: 'failed' });
    await expect(test.engine.saveDownload('used', join(folder(), 'x'))).rejects.toThrow('Start it again');
  });
});

describe('items.export', () => {
  it('gives NDJSON page by page to scripts', async () => {
    const lines: string[] = [];
    let before: string | undefined;
    do {
      const page: { ndjson: string; count: number; next?: string | undefined } = await test.call(
        'items.export',
        {
          dataSourceId,
          limit: 700,
          search: '',
          filters: [{ column: 'fields.score', is: 'less', value: '500' }],
          ...(before === undefined ? {} : { before }),
        },
      );
      lines.push(...page.ndjson.trimEnd().split('\n'));
      expect(page.count).toBeLessThanOrEqual(700);
      before = page.next;
    } while (before !== undefined);
    expect(lines).toHaveLength(count / 2);
    expect(new Set(lines).size).toBe(lines.length);
  });
});
