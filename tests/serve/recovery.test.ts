// The promise behind a 2xx: kill the real program at random moments under load; every acknowledged call is there.
import { afterEach, describe, expect, it } from 'vitest';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

let program: Program | undefined;
afterEach(async () => void (await program?.kill()));

const rounds = 4;
const senders = 8;

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
