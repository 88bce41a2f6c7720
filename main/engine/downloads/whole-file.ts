// Writes a file that is whole or not there: under another name in the same folder until its last part is on the disk. What was there under
// its name stays as it was until then. A pipe or a device gets the parts as they come.
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { createToken } from '../ids.ts';

/** The file system did not take the file; the message says why and what to do. */
export class FileNotWritten extends Error {}

/**
 * Rejects with what `parts` throws, and with FileNotWritten; nothing is left behind then.
 * @param parts told to end when the file cannot be written
 */
export async function writeWholeFile(path: string, parts: AsyncIterable<string>): Promise<void> {
  if (await isPipeOrDevice(path)) return await writeInto(path, parts);
  const part = `${path}.${createToken().slice(0, 8)}.part`;
  let file: FileHandle | undefined;
  try {
    file = await written(open(part, 'wx', 0o600));
    for await (const text of parts) await written(file.writeFile(text));
    await written(file.sync());
    const whole = file;
    file = undefined;
    await written(whole.close());
    await written(rename(part, path));
  } catch (error) {
    // What ended it is told; that of a broken file cannot even be closed would say nothing more.
    await file?.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

/** `/dev/stdout`, say: another file in its place would take it away from everybody. */
async function isPipeOrDevice(path: string): Promise<boolean> {
  try {
    const facts = await stat(path);
    return !facts.isFile() && !facts.isDirectory();
  } catch {
    // It is not there, or what is in the way shows when the file is opened.
    return false;
  }
}

async function writeInto(path: string, parts: AsyncIterable<string>): Promise<void> {
  const file = await written(open(path, 'w'));
  try {
    for await (const text of parts) await written(file.writeFile(text));
  } finally {
    await file.close();
  }
}

async function written<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new FileNotWritten(whyNotWritten(error), { cause: error });
  }
}

const nothingKept = 'Nothing was kept of the file.';

/** What a fault of the file system means to somebody who wants a file, and what to do. */
export function whyNotWritten(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown fault';
  const isReplacing = error instanceof Error && 'syscall' in error && error.syscall === 'rename';
  // The folder took the new file already. Windows replaces none that is open elsewhere.
  if (isReplacing && ['EACCES', 'EPERM', 'EBUSY'].includes(code)) {
    return `The file that has this name cannot be replaced (${code}); another program may have it open. ${nothingKept} Close it there, or choose another name.`;
  }
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full. ${nothingKept} Make room or choose another disk, then export again.`;
    case 'EFBIG':
      return `The file is larger than this disk or its limits take. ${nothingKept} Choose another disk, or export fewer.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The folder cannot be written. ${nothingKept} Choose another one.`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `The folder does not exist. ${nothingKept} Choose another one.`;
    case 'EISDIR':
      return `A folder has this name. ${nothingKept} Choose another name.`;
    default:
      return `The file could not be written (${code}). ${nothingKept} Choose another folder.`;
  }
}
