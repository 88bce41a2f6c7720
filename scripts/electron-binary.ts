// Whether Electron's own program is on this machine, and fetching it with the package's own installer. It keeps no memory
// of a failure: the next start tries again.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build-parts.ts';

const packageFolder = join(root, 'node_modules', 'electron');

/** The absolute path of Electron's program in the version of the package, or undefined where it is not there. */
export function findElectron(folder: string = packageFolder): string | undefined {
  const read = (...path: string[]) => {
    const file = join(folder, ...path);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  };
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = read('path.txt');
  if (dist) return existing(join(dist, name ?? 'electron'));
  const wanted = read('package.json');
  if (!name || !wanted) return undefined;
  const { version } = JSON.parse(wanted) as { version: string };
  return read('dist', 'version')?.replace(/^v/, '') === version
    ? existing(join(folder, 'dist', name))
    : undefined;
}

function existing(file: string): string | undefined {
  return existsSync(file) ? file : undefined;
}

/** What went wrong, as the middle of a sentence ("no network"), from what the installer wrote. */
export function fetchFailure(output: string): string {
  const status = /\b(?:HTTP|status|code)\D{0,12}([45]\d\d)\b/i.exec(output)?.[1];
  if (status) return `the download server answered ${status}`;
  if (/ENOSPC/.test(output)) return 'the disk is full';
  if (/EACCES|EPERM|EROFS/.test(output)) return 'its folder cannot be written';
  if (/CERT|certificate/i.test(output)) return 'the certificate of the download server was not accepted';
  if (/checksum|sumchecker/i.test(output)) return 'the download was damaged';
  if (/not available on platform/i.test(output)) return 'there is none for this system';
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONN|ENETUNREACH|ETIMEDOUT|socket/i.test(output))
    return 'no network';
  return 'its installer failed';
}

/** Runs the package's installer. Resolves to undefined once the program is there, otherwise to the reason. */
export function fetchElectron({
  timeoutMs,
  installer = join(packageFolder, 'install.js'),
}: {
  timeoutMs: number;
  installer?: string;
}): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (!existsSync(installer)) {
      resolve('its package is not installed');
      return;
    }
    let output = '';
    let late = false;
    const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => keep(Buffer.from(error.message)));
    child.on('close', (code) => {
      clearTimeout(timer);
      if (late) resolve(`it took longer than ${Math.round(timeoutMs / 1000)} s`);
      else resolve(code === 0 ? undefined : fetchFailure(output));
    });
  });
}
