// The log of a host: lines appended to `hookbench.log` in the data folder; the file before is kept when it grows too large.
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const maxBytes = 5 * 1024 * 1024;

/** Gives the function that appends one line. An outage is told once on standard error; what comes after it is written again. */
export function openLogFile(dataDir: string): (line: string) => void {
  const file = join(dataDir, 'hookbench.log');
  // The line before may have been cut off, by a full disk or a kill.
  let mayBeCut = true;
  let isTold = false;
  return (line) => {
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      if (existsSync(file) && statSync(file).size > maxBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${mayBeCut && isCut(file) ? '\n' : ''}${line}\n`, { mode: 0o600 });
      mayBeCut = false;
      isTold = false;
    } catch (error) {
      mayBeCut = true;
      if (isTold) return;
      isTold = true;
      process.stderr.write(`The log ${file} cannot be written: ${String(error)}\n`);
    }
  };
}

function isCut(file: string): boolean {
  if (!existsSync(file)) return false;
  const bytes = readFileSync(file);
  return bytes.length > 0 && bytes.at(-1) !== 0x0a;
}
