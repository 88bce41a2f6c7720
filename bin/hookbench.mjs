#!/usr/bin/env node
// Starts the command line on a Node that can run it: this one, or else the one that `npm ci` brought along. Plain JavaScript, for old
// versions must be able to read it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
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
  const child = spawn(bundled, [...withCache, path('../main/cli.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // Ctrl+C reaches both from the terminal; this one waits until the other has ended. What is sent to this one alone is passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('close', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
} else {
  await import('../scripts/check-node.mjs');
}
