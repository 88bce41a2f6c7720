// A body of 25 MB in real Chromium: from the click on its row to readable text, and what held the window meanwhile; once while the program has
// it at hand, once after a restart, and beside it a body of 1 KB on the same screen in the same run. `npm run bench:large [-- --rounds 5]`
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium as driver } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { readMachine } from './machine.ts';
import { createPrograms } from './programs.ts';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, folder: { type: 'string', default: tmpdir() } },
});
const watchedMs = 4_000;

const median = (values: number[]) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

function bodyOf(bytes: number): string {
  const one = (id: number) => ({
    id,
    email: `person${id}@example.com`,
    note: `row ${id} ${'lorem ipsum dolor sit amet '.repeat(24)}`,
  });
  const rows: string[] = [];
  for (let size = 0; size < bytes; size += rows.at(-1)?.length ?? 0)
    rows.push(JSON.stringify(one(rows.length)));
  return `[${rows.join(',')}]`;
}

interface Opening {
  shownMs: number;
  longTasks: number[];
}

const folder = await mkdtemp(join(flags.folder, 'hookbench-large-'));
const programs = createPrograms();
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});

/** Each in a page of its own, so that nothing is there from before. */
async function open(signIn: string, row: number): Promise<Opening> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(signIn);
  await page.getByRole('contentinfo').waitFor();
  await page.goto(`${new URL(signIn).origin}/captures`);
  await page.getByRole('grid', { name: 'Captures' }).getByRole('row').nth(2).waitFor();
  const seen = (await page.evaluate(
    `new Promise((resolve) => {
      const longTasks = [];
      let shownMs;
      new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longTasks.push(duration); }).observe({ type: 'longtask' });
      const start = performance.now();
      (function look() {
        if (shownMs === undefined && document.querySelector('article')?.textContent.includes('person0@example.com')) shownMs = performance.now() - start;
        if (performance.now() - start < ${watchedMs} || shownMs === undefined) requestAnimationFrame(look);
        else resolve({ shownMs, longTasks });
      })();
      document.querySelectorAll('[role=grid][aria-label=Captures] [role=row] [role=gridcell]:last-child')[${row}].click();
    })`,
  )) as Opening;
  await page.close();
  return seen;
}

try {
  const machine = await readMachine(folder);
  const first = await programs.startHookbench(folder);
  const { dataSource } = await first.api<{ dataSource: { connections: { localUrl: string }[] } }>(
    'dataSources.create',
    { kind: 'custom', name: 'Large' },
  );
  const large = bodyOf(25_000_000);
  for (const body of [large, bodyOf(700)]) {
    const answer = await fetch(dataSource.connections[0]?.localUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (!answer.ok) throw new Error(`The call was answered ${answer.status}.`);
  }
  const kinds = [
    { what: '1 KB', row: 0, isRestarted: false, seen: [] as Opening[] },
    { what: `${(large.length / 1e6).toFixed(1)} MB`, row: 1, isRestarted: false, seen: [] as Opening[] },
    {
      what: `${(large.length / 1e6).toFixed(1)} MB after a restart`,
      row: 1,
      isRestarted: true,
      seen: [] as Opening[],
    },
  ];
  let { signIn } = first;
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    for (const kind of kinds) {
      if (kind.isRestarted) {
        await programs.end();
        ({ signIn } = await programs.startHookbench(folder));
      }
      kind.seen.push(await open(signIn, kind.row));
    }
  }
  console.log(
    '| body | from the click to its text, ms | worst ms | tasks above 50 ms, each time | longest ms |',
  );
  console.log('|---|---:|---:|---:|---:|');
  for (const { what, seen } of kinds) {
    const shown = seen.map(({ shownMs }) => shownMs);
    console.log(
      `| ${what} | ${median(shown).toFixed(0)} | ${Math.max(...shown).toFixed(0)} | ${median(seen.map(({ longTasks }) => longTasks.length))} | ${Math.max(0, ...seen.flatMap(({ longTasks }) => longTasks)).toFixed(0)} |`,
    );
  }
  console.log(
    `\n${machine.processor}, ${machine.cores} cores; Node ${machine.node}; the rest of ${watchedMs / 1000} s is watched for long tasks.`,
  );
} finally {
  await browser.close();
  await programs.end();
  await rm(folder, { recursive: true, force: true });
}
