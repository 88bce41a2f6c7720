// The list of captures under load, in real Chromium: many calls in the store, further ones arriving all the time, a reader at the top and one
// who scrolls. Dropped frames and long tasks, in turn without calls and with them, in the same window.
// `npm run bench:list [-- --calls 1000000] [--rate 500] [--rounds 5] [--seconds 6]`
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium as driver, type Page } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { createCaptureSearch } from '../main/engine/capture-search/capture-search.ts';
import { readMachine } from './machine.ts';
import { bodyOf, fillStore } from './many-captures.ts';
import { createPrograms } from './programs.ts';

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    folder: { type: 'string', default: tmpdir() },
    store: { type: 'string' },
  },
});
const calls = Number(flags.calls);
const rate = Number(flags.rate);
const rounds = Number(flags.rounds);
const phaseMs = Number(flags.seconds) * 1000;
const frameMs = 1000 / 60;

type Doing = 'at the top' | 'scrolling';
interface Figures {
  frames: number;
  /** Frames that should have been shown and were not, divided by all that should. */
  dropped: number;
  longTasks: number;
  longestTaskMs: number;
  worstFrameMs: number;
  /** Of the time of one processor that the window's thread took, whatever else the machine does. */
  busy: number;
}

/** Runs in the page: watches every frame for so long, scrolling by a hand's pace where asked. */
async function watch(page: Page, metrics: CDPSession, doing: Doing): Promise<Figures> {
  const taskSeconds = async () =>
    (await metrics.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')
      ?.value ?? 0;
  const before = await taskSeconds();
  const seen = await page.evaluate(
    `new Promise((resolve) => {
      const grid = document.querySelector('[role=grid][aria-label=Captures]');
      const gaps = [], tasks = [];
      const observer = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) tasks.push(duration); });
      observer.observe({ type: 'longtask' });
      const start = performance.now();
      let last = start, down = true;
      requestAnimationFrame(function frame(now) {
        gaps.push(now - last);
        last = now;
        if (${doing === 'scrolling'}) {
          if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 40 || grid.scrollTop > 60000) down = false;
          if (grid.scrollTop < 2000) down = true;
          grid.scrollTop += down ? 45 : -45;
        }
        if (now - start < ${phaseMs}) requestAnimationFrame(frame);
        else { observer.disconnect(); resolve({ gaps: gaps.slice(1), tasks }); }
      });
    })`,
  );
  const { gaps, tasks } = seen as { gaps: number[]; tasks: number[] };
  const missed = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frameMs) - 1), 0);
  return {
    frames: gaps.length,
    dropped: missed / (gaps.length + missed),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
    worstFrameMs: Math.max(0, ...gaps),
    busy: ((await taskSeconds()) - before) / (phaseMs / 1000),
  };
}

/** Calls at an even pace until told to stop; gives how many were acknowledged and how long that took. */
function arrive(url: string): () => Promise<{ calls: number; perSecond: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const started = performance.now();
  let sent = 0;
  let answered = 0;
  const fault = { current: undefined as Error | undefined };
  const open = new Set<Promise<void>>();
  const timer = setInterval(() => {
    for (const due = ((performance.now() - started) / 1000) * rate; sent < due; sent += 1) {
      const body = bodyOf(calls + sent);
      const call = new Promise<void>((resolve) => {
        const head = {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        };
        request(url, head, (answer) => {
          if (answer.statusCode === 200) answered += 1;
          else fault.current ??= new Error(`A call was answered ${answer.statusCode}.`);
          answer.resume().on('end', resolve);
        })
          .on('error', (error) => {
            fault.current ??= error;
            resolve();
          })
          .end(body);
      }).finally(() => open.delete(call));
      open.add(call);
    }
  }, 5);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    const seconds = (performance.now() - started) / 1000;
    agent.destroy();
    if (fault.current) throw fault.current;
    return { calls: answered, perSecond: answered / seconds };
  };
}

function median(values: number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

const folder = flags.store ?? (await mkdtemp(join(flags.folder, 'hookbench-list-')));
const programs = createPrograms();
try {
  if (!existsSync(join(folder, 'hookbench.db'))) {
    fillStore(folder, calls);
    // Otherwise the words of all these calls would be taken in beside what is measured.
    const search = createCaptureSearch({
      file: join(folder, 'hookbench.db'),
      giveWay: async () => undefined,
      onFault: (error) => console.error(error),
    });
    search.wake();
    await search.settled();
    await search.stop();
  }
  const machine = await readMachine(folder);
  const { api, signIn } = await programs.startHookbench(folder);
  const { dataSource } = await api<{ dataSource: { connections: { localUrl: string }[] } }>(
    'dataSources.create',
    { kind: 'custom', name: 'Load' },
  );
  const url = dataSource.connections[0]?.localUrl ?? '';

  const browser = await driver.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(signIn);
  await page.getByRole('contentinfo').waitFor();
  const opened = performance.now();
  await page.goto(`${new URL(signIn).origin}/captures`);
  const grid = page.getByRole('grid', { name: 'Captures' });
  await grid.getByRole('row').nth(20).waitFor();
  const openedMs = performance.now() - opened;
  const metrics = await page.context().newCDPSession(page);
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' });

  const kinds: { doing: Doing; loaded: boolean }[] = [
    { doing: 'at the top', loaded: false },
    { doing: 'at the top', loaded: true },
    { doing: 'scrolling', loaded: false },
    { doing: 'scrolling', loaded: true },
  ];
  const all = kinds.map((kind) => ({ ...kind, rounds: [] as Figures[] }));
  const paces: number[] = [];
  let arrivedCalls = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of round % 2 === 0 ? all : all.toReversed()) {
      await grid.evaluate((element) => element.scrollTo({ top: 0 }));
      const end = kind.loaded ? arrive(url) : undefined;
      await page.waitForTimeout(500);
      kind.rounds.push(await watch(page, metrics, kind.doing));
      const load = await end?.();
      if (load) {
        paces.push(load.perSecond);
        arrivedCalls += load.calls;
      }
      await page.waitForTimeout(1_000);
    }
    process.stderr.write(`\rround ${round + 1} of ${rounds}`);
  }
  process.stderr.write('\n');
  await browser.close();

  console.log(
    `${calls.toLocaleString('en')} calls in the store; the screen stood after ${Math.round(openedMs)} ms; ${arrivedCalls.toLocaleString('en')} further calls came in at ${Math.round(median(paces))} a second.\n`,
  );
  console.log(
    '| reader | calls | frames shown | frames dropped | worst frame ms | long tasks a minute | longest ms | thread busy |',
  );
  console.log('|---|---|---:|---:|---:|---:|---:|---:|');
  for (const { doing, loaded, rounds: seen } of all) {
    const perMinute =
      seen.reduce((sum, each) => sum + each.longTasks, 0) / ((seen.length * phaseMs) / 60_000);
    console.log(
      `| ${doing} | ${loaded ? `${rate}/s` : 'none'} | ${seen.reduce((sum, each) => sum + each.frames, 0)} | ${(median(seen.map(({ dropped }) => dropped)) * 100).toFixed(2)} % | ${median(seen.map(({ worstFrameMs }) => worstFrameMs)).toFixed(0)} | ${perMinute.toFixed(1)} | ${Math.max(...seen.map(({ longestTaskMs }) => longestTaskMs)).toFixed(0)} | ${(median(seen.map(({ busy }) => busy)) * 100).toFixed(0)} % |`,
    );
  }
  for (const doing of ['at the top', 'scrolling'] as const) {
    const shown = (loaded: boolean) =>
      all
        .find((kind) => kind.doing === doing && kind.loaded === loaded)
        ?.rounds.map((each) => 1 - each.dropped) ?? [];
    console.log(
      `\nFrames shown with calls divided by without, ${doing}: ${(median(shown(true)) / median(shown(false))).toFixed(3)}`,
    );
  }
  console.log(
    `\n${machine.processor}, ${machine.cores} cores; Node ${machine.node}; Chromium without a graphics card; one fsync of 4 KB takes ${machine.fsyncMs.toFixed(2)} ms.`,
  );
} finally {
  await programs.end();
  if (flags.store === undefined) await rm(folder, { recursive: true, force: true });
}
