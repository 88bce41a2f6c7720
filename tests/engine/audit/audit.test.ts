// The audit log: who, what changed, filters, pages, and a CSV that no spreadsheet runs.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mappingDifference } from '../../../main/engine/audit/mapping-difference.ts';
import { csvText } from '../../../main/engine/downloads/csv-text.ts';
import { createMemoryChannels } from '../../../main/link/memory-channel.ts';
import { addAuditEntries } from '../../harness/many-audit-entries.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await startTestEngine();
});
afterEach(() => test.stop());

describe('the audit log', () => {
  it('tells a window, a page and a script apart, each with the user of this computer', async () => {
    for (const caller of ['window', 'page'] as const) {
      const [client, served] = createMemoryChannels();
      test.engine.attach(served, caller);
      const answered = new Promise<void>((resolve) =>
        client.onMessage((message) => (message as { t: string }).t === 'result' && resolve()),
      );
      const input = { kind: 'custom', name: `From a ${caller}` };
      client.send({ t: 'call', id: 1, call: 'dataSources.create', input });
      await answered;
    }
    await test.createSource();
    const { entries } = await test.call('audit.list', {});
    expect(entries.map(({ via }) => via)).toEqual(['script', 'page', 'window']);
    expect(new Set(entries.map(({ user }) => user)).size).toBe(1);
    expect((await test.call('audit.list', { via: 'page' })).entries).toHaveLength(1);
  });

  it('gives pages, newest first', async () => {
    const { id } = await test.createSource();
    for (let number = 1; number <= 5; number += 1) {
      await test.call('dataSources.rename', { id, name: `Name ${number}` });
    }
    const first = await test.call('audit.list', { dataSourceId: id, limit: 4 });
    const second = await test.call('audit.list', { dataSourceId: id, limit: 4, before: first.next ?? '' });
    expect(first.entries.map(({ changes }) => changes[0]?.to)).toEqual([
      'Name 5',
      'Name 4',
      'Name 3',
      'Name 2',
    ]);
    expect(second.entries.map(({ action }) => action)).toEqual(['renamed', 'created']);
    expect(second.next).toBeUndefined();
    await expect(test.call('audit.list', { before: 'x' })).rejects.toThrow('input.invalid');
  });

  it('exports what the filter names, with each change in a row', async () => {
    const { id } = await test.createSource();
    await test.call('dataSources.update', { id, name: '=1+1', description: '"quoted", and\nmore' });
    const { csv } = await test.call('audit.export', { dataSourceId: id, action: 'renamed' });
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toMatch(/^\ufeffat,data source,action,by,user,what,from,to\r\n/);
    expect(csv).toMatch(/,renamed,script,[^,]*,name,Test source,'=1\+1\r\n$/);
    expect((await test.call('audit.export', {})).csv).toContain('"""quoted"", and\nmore"');
  });
});

describe('a long audit log', () => {
  it('exports the newest 10,000 entries, and says that there are older ones', async () => {
    const { id } = await test.createSource();
    addAuditEntries(test.dataDir, id, 9_999);
    const whole = await test.call('audit.export', { dataSourceId: id });
    expect(whole).toMatchObject({ entries: 10_000, more: false });
    expect(whole.csv).toContain(',created,');
    addAuditEntries(test.dataDir, id, 1);
    const part = await test.call('audit.export', { dataSourceId: id });
    expect(part).toMatchObject({ entries: 10_000, more: true });
    expect(part.csv).not.toContain(',created,');
    expect(part.csv.trimEnd().split('\r\n')).toHaveLength(10_001);
    const narrowed = await test.call('audit.export', { dataSourceId: id, action: 'created' });
    expect(narrowed).toMatchObject({ entries: 1, more: false });
  });
});

describe('a CSV cell', () => {
  it.each(['=1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1', '  @x', '\n=1', '＝1', '\u00a0-1'])(
    '%j is defused',
    (text) => {
      expect(csvText(text).replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('never begins like a formula, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(csvText(text).replace(/^"/, '')).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
      }),
    );
  });
});

describe('the difference of two mappings', () => {
  it('names the rows that changed, came and went', () => {
    const before = {
      id: 'id',
      title: '',
      fields: [{ name: 'price', path: 'price', type: 'number' as const }],
    };
    const after = {
      id: 'data.id',
      title: 'name',
      fields: [{ name: 'mail', path: 'mail', type: 'text' as const }],
    };
    expect(mappingDifference(before, after)).toEqual([
      { what: 'id', from: 'id', to: 'data.id' },
      { what: 'field “price”', from: 'price (number)' },
      { what: 'title', to: 'name' },
      { what: 'field “mail”', to: 'mail (text)' },
    ]);
    expect(mappingDifference(after, after)).toEqual([]);
  });
});
