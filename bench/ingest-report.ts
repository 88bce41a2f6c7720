// The report of bench/ingest.ts: medians over the rounds, ratios and absolute figures as Markdown. Pure.
import type { LoadResult } from './load-client.ts';
import type { Machine } from './machine.ts';

export interface Rounds {
  bare: LoadResult[];
  hookbench: LoadResult[];
}

export interface Cell {
  readonly bodyBytes: number;
  readonly connections: number;
  readonly bare: LoadResult;
  readonly hookbench: LoadResult;
}

export interface Report {
  readonly cells: readonly Cell[];
  readonly machine: Machine;
  readonly rounds: number;
  readonly maxMs: number;
  readonly acknowledged: number;
  readonly mapped: boolean;
}

/** The median of each figure by itself. */
export function median(results: readonly LoadResult[]): LoadResult {
  const middle = (pick: (result: LoadResult) => number) =>
    results.map(pick).sort((a, b) => a - b)[Math.floor(results.length / 2)] ?? 0;
  return {
    calls: middle((result) => result.calls),
    perSecond: middle((result) => result.perSecond),
    p50Ms: middle((result) => result.p50Ms),
    p99Ms: middle((result) => result.p99Ms),
  };
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(' | ')} |`;
  return [
    line(head),
    `|${widths.map((width) => `${'-'.repeat(width + 1)}:`).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

export function writeReport({ cells, machine, rounds, maxMs, acknowledged, mapped }: Report): string {
  const name = (cell: Cell) => [`${cell.bodyBytes / 1024} KB`, String(cell.connections)];
  const count = (value: number) => Math.round(value).toLocaleString('en');
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
  const ratios = cells.map((cell) => [
    ...name(cell),
    (cell.hookbench.perSecond / cell.bare.perSecond).toFixed(2),
    (cell.hookbench.p50Ms / cell.bare.p50Ms).toFixed(1),
    (cell.hookbench.p99Ms / cell.bare.p99Ms).toFixed(1),
  ]);
  const figures = cells.map((cell) => [
    ...name(cell),
    ...[cell.bare.perSecond, cell.hookbench.perSecond].map(count),
    ...[cell.bare.p50Ms, cell.hookbench.p50Ms, cell.bare.p99Ms, cell.hookbench.p99Ms].map(ms),
  ]);
  return `# Taking calls in

The receiver (judges, parses, stores and fsyncs each call before its 200${mapped ? '; indexes it into an item behind that' : ''}) against a bare
\`node:http\` server that reads the body and answers 200. Made by \`npm run bench${mapped ? ' -- --mapped' : ''}\`.

Hookbench divided by bare (throughput: higher is better, 1.00 is equal; times: lower is better):

${table(['body', 'connections', 'throughput', 'p50', 'p99'], ratios)}

Absolute, medians of ${rounds} interleaved round${rounds === 1 ? '' : 's'} of at most ${maxMs / 1000} s:

${table(
  [
    'body',
    'connections',
    'bare calls/s',
    'Hookbench calls/s',
    'bare p50',
    'Hookbench p50',
    'bare p99',
    'Hookbench p99',
  ],
  figures,
)}

All ${count(acknowledged)} acknowledged calls were in the store afterwards.

Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.system}; Node ${machine.node}; one fsync of 4 KB takes ${ms(machine.fsyncMs)}${
    machine.inMemory ? ' (the folder lies in memory: use --folder for one on a disk)' : ''
  }. Client, bare server and Hookbench each in a process of their own, on the same machine.
`;
}
