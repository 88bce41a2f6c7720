// The two things that are built, and how: the screens (vite.config.ts) and the desktop's three programs. Everything else
// runs as it stands. A part is fresh while the content of its sources is what it was at the last build.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { InlineConfig } from 'vite';

export const root = resolve(import.meta.dirname, '..');

export interface Part {
  name: string;
  /** Below the root; the stamp lies inside, so that any other build of the part removes it. */
  output: string;
  /** Files and folders below the root whose content decides whether the output is fresh. */
  sources: string[];
  make(output: string): Promise<void>;
}

/** An application's own packages decide with the lock file; their content is not read. */
const shared = ['package.json', 'package-lock.json', 'scripts/build-parts.ts'];

export const screens: Part = {
  name: 'screens',
  output: 'dist/renderer',
  sources: ['renderer', 'main/contract', 'preload/native-abilities.ts', 'vite.config.ts', ...shared],
  async make(outDir) {
    const { build } = await import('vite');
    await build({
      root: join(root, 'renderer'),
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir },
    });
  },
};

export const desktop: Part = {
  name: 'desktop',
  output: 'dist/desktop',
  sources: ['main', 'preload', ...shared],
  async make(outDir) {
    const { build } = await import('vite');
    await build(mainConfig(outDir));
    await build(preloadConfig(outDir));
  },
};

/** The shell and the engine: ES modules for Electron's Node; packages stay packages, our own files become few. */
function mainConfig(outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: {
          desktop: join(root, 'main/desktop.ts'),
          'engine-process': join(root, 'main/engine-process.ts'),
          ...workers(),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

/** A sandboxed preload is one CommonJS script that may require `electron` only. */
function preloadConfig(outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      target: 'chrome140',
      outDir,
      emptyOutDir: false,
      minify: false,
      lib: { entry: join(root, 'preload/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  };
}

/** Every `…-worker.ts` is a program of its own, which its owner looks for beside itself under the same name. */
function workers(): Record<string, string> {
  const files = globSync('main/**/*-worker.ts', { cwd: root });
  return Object.fromEntries(files.map((file) => [basename(file, '.ts'), join(root, file)]));
}

const stampName = '.sources';

export function isFresh(part: Part): boolean {
  const stamp = join(root, part.output, stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part);
}

/**
 * Builds a part beside its place, stamps it and puts it there as a whole, so that nobody ever finds half of it. `output` is
 * another folder than its own in tests. Rejects with the first error and leaves the old output as it was.
 */
export async function buildPart(part: Part, output: string = join(root, part.output)): Promise<void> {
  const before = fingerprint(part);
  const draft = `${output}.draft-${process.pid}`;
  try {
    await part.make(draft);
    writeFileSync(join(draft, stampName), before);
    rmSync(output, { recursive: true, force: true });
    renameSync(draft, output);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** SHA-256 over the names and contents of the sources. */
export function fingerprint(part: Part): string {
  const hash = createHash('sha256');
  for (const file of part.sources.flatMap((source) => filesBelow(join(root, source))).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSyncOrFile(path);
  if (!entries) return [path];
  return entries.flatMap((name) => filesBelow(join(path, name)));
}

/** The names in a folder, or undefined for a file. */
function readdirSyncOrFile(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
