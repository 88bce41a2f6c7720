// Writes docs/calls.md from the contract; with --check it only compares, and fails where the file is not current.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { callsDocument } from './calls-document.ts';

const file = fileURLToPath(new URL('../docs/calls.md', import.meta.url));
const current = callsDocument();

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== current) {
    process.stderr.write('docs/calls.md is not current. Run: npm run docs\n');
    process.exit(1);
  }
} else {
  writeFileSync(file, current);
}
