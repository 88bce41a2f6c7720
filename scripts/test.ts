// `npm test`: documents, types, lint, unit and integration tests, then the browser and desktop specs. Runs every step even
// where an earlier one failed, and ends with one line that counts all of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, type TestCounts } from './test-reports.ts';

const reports = mkdtempSync(join(tmpdir(), 'hookbench-test-'));
const totals: TestCounts = { passed: 0, failed: 0, skipped: [] };

function run(title: string, command: string, args: string[], env: Record<string, string> = {}): boolean {
  process.stdout.write(`\n── ${title}\n`);
  const started = performance.now();
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`── ${title}: ${result.status === 0 ? 'passed' : 'failed'} in ${seconds} s\n`);
  return result.status === 0;
}

/** A step that counts as one test. */
function check(title: string, command: string, args: string[]): void {
  if (run(title, command, args)) totals.passed += 1;
  else totals.failed += 1;
}

/** A runner that counts by itself; one that leaves no report has failed as a whole. */
function suite(
  title: string,
  command: string,
  args: string[],
  env: Record<string, string>,
  report: string,
  count: (text: string) => TestCounts,
): void {
  const passed = run(title, command, args, env);
  let counts: TestCounts;
  try {
    counts = count(readFileSync(report, 'utf8'));
  } catch (error) {
    process.stdout.write(`${title} left no report: ${String(error)}\n`);
    counts = { passed: 0, failed: 1, skipped: [] };
  }
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped.push(...counts.skipped);
  if (!passed && counts.failed === 0) totals.failed += 1;
}

check('Types of engine, hosts and tests', 'tsc', ['-p', '.']);
check('Types of the screens', 'tsc', ['-p', 'renderer']);
check('Types of the preload script', 'tsc', ['-p', 'preload']);
check('Lint', 'biome', ['check', '.']);
check('docs/calls.md is current', process.execPath, ['scripts/write-calls-doc.ts', '--check']);
check('Build of the screens and the desktop', process.execPath, ['scripts/build.ts']);

const unitReport = join(reports, 'vitest.json');
suite(
  'Unit and integration tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  {},
  unitReport,
  countVitest,
);
const browserReport = join(reports, 'playwright.json');
suite(
  'Browser and desktop specs',
  'playwright',
  ['test'],
  { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
  browserReport,
  countPlaywright,
);
rmSync(reports, { recursive: true, force: true });

for (const name of totals.skipped) process.stdout.write(`SKIPPED: ${name}\n`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped.length} skipped\n`);
process.exit(totals.failed === 0 ? 0 : 1);
