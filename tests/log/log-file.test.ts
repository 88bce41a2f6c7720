// The log of a host outlives a disk that refuses it for a while.
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openLogFile } from '../../main/log/log-file.ts';

afterEach(() => vi.restoreAllMocks());
const folder = () => mkdtempSync(join(tmpdir(), 'hookbench-log-'));

it('goes on when it can be written again, and tells each outage once', () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const dataDir = folder();
  const file = join(dataDir, 'hookbench.log');
  const write = openLogFile(dataDir);
  for (let outage = 1; outage <= 2; outage += 1) {
    // A folder in the place of the file cannot be appended to.
    mkdirSync(file);
    write('{"lost":1}');
    write('{"lost":2}');
    expect(told).toHaveBeenCalledTimes(outage);
    rmdirSync(file);
    write(`{"kept":${outage}}`);
    expect(readFileSync(file, 'utf8').trim()).toBe(`{"kept":${outage}}`);
    rmSync(file);
  }
});

it('begins a line of its own after one that was cut off', () => {
  const dataDir = folder();
  const file = join(dataDir, 'hookbench.log');
  writeFileSync(file, '{"cut":');
  openLogFile(dataDir)('{"whole":1}');
  expect(readFileSync(file, 'utf8').split('\n')).toContain('{"whole":1}');
});

it('keeps the file before and never grows beyond about two files', () => {
  const dataDir = folder();
  const write = openLogFile(dataDir);
  const line = JSON.stringify({ filler: 'x'.repeat(1024 * 1024) });
  for (let count = 0; count < 16; count += 1) write(line);
  const sizes = ['hookbench.log', 'hookbench.log.1'].map((name) => statSync(join(dataDir, name)).size);
  expect(Math.max(...sizes)).toBeLessThan(7 * 1024 * 1024);
});
