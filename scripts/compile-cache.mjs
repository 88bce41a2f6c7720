// Keeps compiled code beside the installed packages, so that the next start of a program needs about half of the processor's time. Plain
// JavaScript, for old versions must be able to read it; they have no such cache and go without. Where the folder cannot be written,
// nothing is kept.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/hookbench', import.meta.url)));
