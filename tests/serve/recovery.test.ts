// The promise behind a 2xx: kill the real program at random moments under load; every acknowledged call is there. And the way back from a damaged store.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { failToStart, type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

let program: Program | undefined;
afterEach(async () => void (await program?.kill()));

const rounds = 4;
const senders = 8;

describe('a damaged store', () => {
  it('ends the start with a word on the backup, which --restore-backup puts in its place', async () => {
    const dataDir = newDataDir();
    program = await startProgram({ dataDir });
    await program.api('dataSources.create', { kind: 'custom', name: 'In the backup' });
    await program.api('backups.make');
    const stateOfBackup = async () =>
      ((await program?.api('backups.list')) as unknown as { now: { state: string } } | undefined)?.now.state;
    await expect.poll(stateOfBackup).toBe('idle');
    await program.kill();
    for (const ending of ['-wal', '-shm']) rmSync(join(dataDir, `hookbench.db${ending}`), { force: true });
    writeFileSync(join(dataDir, 'hookbench.db'), 'this is no database');

    const failed = await failToStart({ dataDir });
    expect(failed.code).toBe(13);
    expect(failed.stderr).toContain('There is a backup of ');
    expect(failed.stderr).toContain('--restore-backup newest');

    program = await startProgram({ dataDir, flags: ['--restore-backup', 'newest'] });
    const { dataSources } = (await program.api('dataSources.list')) as unknown as {
      dataSources: { name: string }[];
    };
    expect(dataSources.map(({ name }) => name)).toEqual(['In the backup']);
    const [aside] = readdirSync(join(dataDir, 'set-aside'));
    expect(readFileSync(join(dataDir, 'set-aside', aside ?? '', 'hookbench.db'), 'utf8')).toBe(
      'this is no database',
    );
  });
});

describe('kill -9 under load', () => {
  it('loses no acknowledged call and no saved mapping', async () => {
    const dataDir = newDataDir();
    program = await startProgram({ dataDir });
    const { receiver } = program;
    const receiverPort = Number(new URL(receiver).port);
    const created = (await program.api('dataSources.create', {
      kind: 'custom',
      name: 'Killed',
    })) as unknown as {
      dataSource: { id: string; connections: { inboundUrl: string }[] };
    };
    const { id: dataSourceId } = created.dataSource;
    const url = created.dataSource.connections[0]?.inboundUrl ?? '';
    await program.api('mapping.save', { dataSourceId, mapping: { id: 'id', title: 'title' } });

    const acknowledged = new Map<string, number>();
    let number = 0;
    for (let round = 0; round < rounds; round += 1) {
      let alive = true;
      const load = Array.from({ length: senders }, async () => {
        while (alive) {
          number += 1;
          const sent = number;
          try {
            const response = await fetch(url, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ id: sent, title: `Item ${sent}` }),
            });
            const { id } = (await response.json()) as { id: string };
            if (response.status === 200) acknowledged.set(id, sent);
          } catch {
            return; // Killed before it could answer: nothing was promised.
          }
        }
      });
      const target = acknowledged.size + 40 + Math.floor(Math.random() * 60);
      await expect.poll(() => acknowledged.size, { timeout: 20_000, interval: 1 }).toBeGreaterThan(target);
      await program.kill();
      alive = false;
      await Promise.all(load);
      program = await startProgram({ dataDir, receiverPort });
    }

    const stored = new Set<string>();
    let before: string | undefined;
    do {
      const page = (await program.api('captures.list', {
        dataSourceId,
        limit: 500,
        ...(before ? { before } : {}),
      })) as unknown as { captures: { id: string; sequence: number }[]; next?: string };
      for (const capture of page.captures) stored.add(capture.id);
      before = page.next;
    } while (before);
    expect([...acknowledged.keys()].filter((id) => !stored.has(id))).toEqual([]);

    const api = program.api;
    await expect
      .poll(async () => (await api('status.get')) as unknown, { timeout: 20_000 })
      .toMatchObject({ waiting: 0 });
    const source = (await api('dataSources.get', { id: dataSourceId })) as unknown as {
      dataSource: { counts: { items: number; captures: number } };
    };
    expect(source.dataSource.counts).toMatchObject({ items: stored.size, captures: stored.size });
  }, 90_000);
});
