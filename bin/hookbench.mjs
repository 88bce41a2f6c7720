#!/usr/bin/env node
// Starts the command line on a Node that can run it: this one, or else the one that `npm ci` brought along. Plain JavaScript, for old
// versions must be able to read it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isReadable = major > 23 || (major === 22 && minor >= 18);
const bundled = path(
  process.platform === 'win32' ? '../node_modules/node/bin/node.exe' : '../node_modules/node/bin/node',
);

if (isReadable) {
  await import('../scripts/compile-cache.mjs');
  await import('../main/cli.ts');
} else if (existsSync(bundled)) {
  const withCache = ['--import', new URL('../scripts/compile-cache.mjs', import.meta.url).href];
  const { status } = spawnSync(bundled, [...withCache, path('../main/cli.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} else {
  await import('../scripts/check-node.mjs');
}
