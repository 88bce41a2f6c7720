// Uploaded files while they are needed: in a folder below the data folder, for this user only.
import { mkdirSync, readdirSync } from 'node:fs';
import { type FileHandle, open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

export function createImportFiles(dataDir: string, name = 'imports') {
  const folder = join(dataDir, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const handles = new Map<string, Promise<FileHandle>>();
  const pathOf = (id: string) => join(folder, `${id}.upload`);

  function handleOf(id: string): Promise<FileHandle> {
    let handle = handles.get(id);
    if (!handle) {
      handle = open(pathOf(id), 'a', 0o600);
      handles.set(id, handle);
    }
    return handle;
  }

  async function close(id: string, flush: boolean): Promise<void> {
    const opened = handles.get(id);
    if (!opened) return;
    handles.delete(id);
    const handle = await opened;
    if (flush) await handle.sync();
    await handle.close();
  }

  return {
    pathOf,
    async append(id: string, bytes: Uint8Array): Promise<void> {
      await (await handleOf(id)).appendFile(bytes);
    },
    /** Flushes the file to the disk; nothing more is appended. */
    seal: (id: string) => close(id, true),
    async remove(id: string): Promise<void> {
      await close(id, false);
      await rm(pathOf(id), { force: true });
    },
    /** Bytes of the file, or undefined where there is none. */
    async sizeOf(id: string): Promise<number | undefined> {
      try {
        return (await stat(pathOf(id))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    /** Ids of all files that are there. */
    ids: () => readdirSync(folder).map((name) => name.replace(/\.upload$/, '')),
    async freeBytes(): Promise<number> {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    async closeAll(): Promise<void> {
      for (const id of [...handles.keys()]) await close(id, false);
    },
  };
}

export type ImportFiles = ReturnType<typeof createImportFiles>;
