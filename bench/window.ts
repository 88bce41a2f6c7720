// What holds the window up, screen by screen, in real Chromium: each step with the time until its result stood there, the tasks above 50 ms, and
// the longest by the clock and by the processor. `npm run bench:window [-- --rounds 5] [--items 100000] [--results 10000] [--only captures] [--store folder]`
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium as driver } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { readMachine } from './machine.ts';
import { createPrograms } from './programs.ts';
import { fillForWindow, type WindowData } from './window-data.ts';
import { screens } from './window-steps.ts';
import { type Tasks, watchTasks } from './window-tasks.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    items: { type: 'string', default: '100000' },
    results: { type: 'string', default: '10000' },
    only: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    store: { type: 'string' },
  },
});

const median = (values: readonly number[]) =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const folder = flags.store ?? (await mkdtemp(join(flags.folder, 'hookbench-window-')));
const kept = join(folder, 'window-data.json');
const programs = createPrograms();
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
try {
  const machine = await readMachine(folder);
  const isFilled = existsSync(kept);
  const { api, signIn } = await programs.startHookbench(folder);
  const data: WindowData = isFilled
    ? (JSON.parse(readFileSync(kept, 'utf8')) as WindowData)
    : await fillForWindow(api, Number(flags.items), Number(flags.results));
  writeFileSync(kept, JSON.stringify(data));

  const seen = new Map<string, Tasks[]>();
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    for (const screen of screens.filter(
      ({ name }) => flags.only === undefined || name.includes(flags.only),
    )) {
      // Each in a page of its own, so that nothing is there from before.
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(signIn);
      await page.getByRole('contentinfo').waitFor();
      await screen.run(page, data, async (name, act, until) => {
        const line = `${screen.name} | ${name}`;
        seen.set(line, [...(seen.get(line) ?? []), await watchTasks(browser, page, act, until)]);
      });
      await page.close();
    }
    process.stderr.write(`\rround ${round + 1} of ${flags.rounds}`);
  }
  process.stderr.write('\n');

  console.log(
    '| screen | step | to its sight, ms | tasks above 50 ms | longest ms | worst ms | longest, processor ms | all tasks, processor ms |',
  );
  console.log('|---|---|---:|---:|---:|---:|---:|---:|');
  for (const [name, tasks] of seen) {
    const of = (key: keyof Tasks) => median(tasks.map((each) => each[key]));
    const worst = Math.max(...tasks.map(({ longestMs }) => longestMs));
    const figures = [of('shownMs'), of('long'), of('longestMs'), worst, of('longestCpuMs'), of('cpuMs')];
    console.log(`| ${name} | ${figures.map((each) => each.toFixed(0)).join(' | ')} |`);
  }
  console.log(`\n${data.itemCount.toLocaleString('en')} items.`);
  console.log(
    `\n${machine.processor}, ${machine.cores} cores; Node ${machine.node}; Chromium without a graphics card; medians of ${flags.rounds} rounds.`,
  );
} finally {
  await browser.close();
  await programs.end();
  if (flags.store === undefined) await rm(folder, { recursive: true, force: true });
}
