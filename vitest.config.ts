// Unit and integration tests. Browser specs live in tests/e2e and run under Playwright.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Programs and threads that tests start keep their compiled code where those of people do (scripts/compile-cache.mjs).
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('node_modules/.cache/hookbench', import.meta.url),
);

// Files that start no program and leave nothing behind share a process, which loads the modules once: half the time of these files. A
// test that starts engines, counts turns of the loop or ends processes gets one of its own.
const sharing = ['contract', 'link', 'log', 'renderer', 'engine/{catalog,mapping,parsing,verification}'].map(
  (folder) => `tests/${folder}/**/*.test.{ts,tsx}`,
);

export default defineConfig({
  plugins: [react()],
  test: {
    projects: [
      { extends: true, test: { name: 'sharing', include: sharing, isolate: false } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...sharing, 'tests/e2e/**', 'node_modules/**'],
        },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    expect: { poll: { timeout: 15_000 } },
  },
});
