// Who may import whom. The table is the architecture; a new arrow is a decision, made here.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Part → the other parts that it may import. The first part whose path fits a file owns it. */
const mayImport: [part: string, others: string[]][] = [
  ['main/contract', []],
  ['main/log', []],
  ['main/link', ['main/contract']],
  ['main/engine/threads', []],
  ['main/engine/store', ['main/engine/threads']],
  ['main/engine/parsing', ['main/contract']],
  ['main/engine/mapping', ['main/contract', 'main/engine/parsing']],
  [
    'main/engine/payloads',
    ['main/contract', 'main/engine/parsing', 'main/engine/mapping', 'main/engine/threads'],
  ],
  [
    'main/engine/verification',
    ['main/contract', 'main/engine/catalog', 'main/engine/parsing', 'main/engine/threads'],
  ],
  ['main/engine/catalog', ['main/contract', 'main/engine/verification']],
  [
    'main/engine/tunnels',
    ['main/contract', 'main/log', 'main/engine', 'main/engine/store', 'main/engine/secrets'],
  ],
  ['main/engine/settings', ['main/contract', 'main/engine', 'main/engine/store']],
  ['main/engine/secrets', ['main/contract', 'main/engine', 'main/engine/store']],
  [
    'main/engine/connections',
    [
      'main/contract',
      'main/engine',
      'main/engine/store',
      'main/engine/audit',
      'main/engine/catalog',
      'main/engine/data-sources',
      'main/engine/mapping',
      'main/engine/receiver',
      'main/engine/secrets',
      'main/engine/verification',
    ],
  ],
  [
    'main/engine/solutions',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/actions',
      'main/engine/audit',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/indexing',
      'main/engine/items',
      'main/engine/mapping',
      'main/engine/outbound',
      'main/engine/outbox',
      'main/engine/parsing',
    ],
  ],
  ['main/engine/audit', ['main/contract', 'main/engine', 'main/engine/downloads', 'main/engine/store']],
  [
    'main/engine/data-sources',
    ['main/contract', 'main/engine', 'main/engine/store', 'main/engine/audit', 'main/engine/catalog'],
  ],
  [
    'main/engine/activity',
    ['main/contract', 'main/engine/captures', 'main/engine/catalog', 'main/engine/data-sources'],
  ],
  [
    'main/engine/upkeep',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/audit',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/items',
    ],
  ],
  ['main/engine/items', ['main/contract', 'main/engine/store', 'main/engine/mapping', 'main/engine/parsing']],
  [
    'main/engine/transfer',
    [
      'main/contract',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/catalog',
      'main/engine/data-sources',
      'main/engine/downloads',
      'main/engine/imports',
      'main/engine/mapping',
      'main/engine/payloads',
      'main/engine/threads',
    ],
  ],
  ['main/engine/downloads', ['main/contract', 'main/engine']],
  [
    'main/engine/captures',
    ['main/contract', 'main/engine', 'main/engine/store', 'main/engine/mapping', 'main/engine/payloads'],
  ],
  [
    'main/engine/capture-search',
    [
      'main/contract',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/mapping',
      'main/engine/parsing',
    ],
  ],
  [
    'main/engine/indexing',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/audit',
      'main/engine/catalog',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/items',
      'main/engine/mapping',
      'main/engine/payloads',
    ],
  ],
  [
    'main/engine/imports',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/audit',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/downloads',
      'main/engine/indexing',
      'main/engine/parsing',
      'main/engine/payloads',
      'main/engine/threads',
    ],
  ],
  [
    'main/engine/manual',
    [
      'main/contract',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/indexing',
      'main/engine/items',
      'main/engine/mapping',
    ],
  ],
  [
    'main/engine/outbox',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/data-sources',
    ],
  ],
  [
    'main/engine/receiver',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/catalog',
      'main/engine/parsing',
      'main/engine/data-sources',
      'main/engine/payloads',
      'main/engine/verification',
    ],
  ],
  [
    'main/engine/outbound',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/audit',
      'main/engine/data-sources',
      'main/engine/secrets',
      'main/engine/verification',
    ],
  ],
  [
    'main/engine/actions',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/audit',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/indexing',
      'main/engine/items',
      'main/engine/mapping',
      'main/engine/outbound',
      'main/engine/parsing',
      'main/engine/payloads',
    ],
  ],
  [
    'main/engine/replay',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/capture-search',
      'main/engine/catalog',
      'main/engine/connections',
      'main/engine/data-sources',
      'main/engine/mapping',
      'main/engine/outbound',
      'main/engine/parsing',
      'main/engine/payloads',
      'main/engine/receiver',
      'main/engine/secrets',
      'main/engine/verification',
    ],
  ],
  [
    'main/engine/forwarding',
    [
      'main/contract',
      'main/log',
      'main/engine',
      'main/engine/store',
      'main/engine/captures',
      'main/engine/data-sources',
      'main/engine/outbound',
      'main/engine/replay',
      'main/engine/secrets',
    ],
  ],
  // The engine's own files put the subjects together.
  ['main/engine', ['main/contract', 'main/log', 'main/link', 'main/engine/*']],
  // Of the engine only what needs no store: how files of calls are written, how numbers compare.
  [
    'main/command-line',
    [
      'main/contract',
      'main/link',
      'main',
      'main/engine/downloads',
      'main/engine/transfer',
      'main/engine/mapping',
      'main/engine/parsing',
    ],
  ],
  ['main/control', ['main/contract', 'main/link', 'main/engine/store', 'main']],
  ['main/desktop', ['main/contract', 'main/log', 'main/link', 'main']],
  [
    'main',
    [
      'main/contract',
      'main/log',
      'main/link',
      'main/engine',
      'main/engine/store',
      'main/command-line',
      'main/control',
      'main/desktop',
    ],
  ],
  ['preload', ['main/desktop']],
  ['renderer', ['main/contract', 'preload']],
];

/** Packages with one owner. */
const owned: Record<string, RegExp> = {
  'better-sqlite3': /^main\/engine\/store\/database\.ts$/,
  electron: /^(main\/desktop(\.ts|\/.*)|main\/engine-process\.ts|preload\/.*)$/,
  croner: /^main\/engine\/solutions\//,
  re2js: /^main\/engine\/solutions\//,
  'json-p3': /^main\/engine\/mapping\//,
  saxes: /^main\/engine\/(parsing|imports\/rows)\//,
  'csv-parse': /^main\/engine\/imports\/rows\//,
  yauzl: /^main\/engine\/imports\/rows\//,
  liquidjs: /^main\/engine\/actions\//,
  'ipaddr.js': /^main\/engine\/outbound\//,
  'iconv-lite': /^main\/engine\/parsing\//,
  ws: /^main\/(link|control)\//,
  react: /^renderer\//,
};

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mts)$/.test(name))
    .map((name) => join(folder, name).split(sep).join('/'));
}

const files = ['main', 'preload', 'renderer'].flatMap(filesIn);

function partOf(file: string): string {
  return mayImport.map(([part]) => part).find((part) => file.startsWith(`${part}/`)) ?? '';
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const found = source.matchAll(
    /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

/** What is left of the imports when types are taken away. */
function valueImportsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8').replace(/^(import|export) type [^;]*;/gm, '');
  const found = source.matchAll(/^(?:import|export)\s(?:([^'"]*?)\sfrom\s)?['"]([^'"]+)['"]/gm);
  return [...found].flatMap(([, names = '', specifier = '']) =>
    /^\{(\s*type [^,}]+,?)+\s*\}$/.test(names) ? [] : [specifier],
  );
}

/** The file that a specifier means, or undefined for a package. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier === '#contract') return 'main/contract/index.ts';
  if (!specifier.startsWith('.')) return undefined;
  return relative(root, join(root, dirname(file), specifier))
    .split(sep)
    .join('/');
}

function isAllowed(from: string, to: string): boolean {
  if (from === to) return true;
  const others = mayImport.find(([part]) => part === from)?.[1] ?? [];
  return others.some((other) => other === to || (other.endsWith('/*') && to.startsWith(other.slice(0, -1))));
}

describe('the dependency table', () => {
  it('knows every file', () => {
    expect(files.filter((file) => partOf(file) === '')).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('is kept by every import', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file).flatMap((specifier) => {
        const target = targetOf(file, specifier);
        if (target === undefined || !/\.(ts|tsx|mjs)$/.test(target)) return [];
        const [from, to] = [partOf(file), partOf(target)];
        return to === '' || isAllowed(from, to) ? [] : [`${file} imports ${target}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('gives packages with one owner to nobody else', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => Object.hasOwn(owned, specifier) && !owned[specifier]?.test(file))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps Node out of the contract and the screens, and Electron out of the engine', () => {
    const wrong = files.filter(
      (file) =>
        /^(main\/contract|renderer)\//.test(file) &&
        importsOf(file).some((specifier) => specifier.startsWith('node:') || specifier === 'electron'),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the whole contract out of threads: its schemas would double the time that one takes to begin', () => {
    const threads = files.filter(
      (file) => /-worker\.ts$/.test(file) && /parentPort/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(threads.length).toBeGreaterThan(5);
    const reached = new Set(threads);
    for (const file of reached) {
      for (const specifier of valueImportsOf(file)) {
        const target = targetOf(file, specifier);
        if (target !== undefined && /\.ts$/.test(target)) reached.add(target);
      }
    }
    expect(reached).toContain('main/contract/query/query-values.ts');
    expect(reached).not.toContain('main/contract/index.ts');
  });

  it('keeps SQL in files named *-table.ts, migrations and the store', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('main/') &&
        !/(-table\.ts$|^main\/engine\/store\/)/.test(file) &&
        /\.prepare(<|\()/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
