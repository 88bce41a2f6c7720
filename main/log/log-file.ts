// The log of a host: lines appended to `hookbench.log` in the data folder; the file before is kept when it grows too large.
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const maxBytes = 5 * 1024 * 1024;

/** Gives the function that appends one line. A log that cannot be written is told once on standard error. */
export function openLogFile(dataDir: string): (line: string) => void {
  const file = join(dataDir, 'hookbench.log');
  let broken = false;
  return (line) => {
    if (broken) return;
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      if (existsSync(file) && statSync(file).size > maxBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch (error) {
      broken = true;
      process.stderr.write(`The log ${file} cannot be written: ${String(error)}\n`);
    }
  };
}
