// What the figures of a benchmark depend on: processor, system, file system and what one fsync costs there.
import { open, rm, statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  /** True where the data folder lies in memory, so that an fsync costs nothing and proves nothing. */
  readonly inMemory: boolean;
  /** Median of writing 4 KB and waiting for the disk. */
  readonly fsyncMs: number;
}

const memoryFileSystems = new Set([0x01021994, 0x858458f6]);

export async function readMachine(folder: string): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    inMemory: memoryFileSystems.has((await statfs(folder)).type),
    fsyncMs: await measureFsync(folder),
  };
}

async function measureFsync(folder: string): Promise<number> {
  const file = join(folder, 'fsync-probe');
  const handle = await open(file, 'w');
  const block = Buffer.alloc(4_096, 1);
  const times: number[] = [];
  for (let count = 0; count < 51; count += 1) {
    const started = performance.now();
    await handle.write(block);
    await handle.datasync();
    times.push(performance.now() - started);
  }
  await handle.close();
  await rm(file);
  return times.sort((a, b) => a - b)[25] ?? 0;
}
