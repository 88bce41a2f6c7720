// Takes the calls of an exported file in: uploaded in pieces, checked whole, then applied.
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CommandResult } from '../command.ts';
import { whyOf } from '../output.ts';
import type { RemoteEngine } from '../remote-engine.ts';

const bytesAtOnce = 512 * 1024;

export async function importFrom(
  engine: RemoteEngine,
  path: string,
  dataSourceId: string | undefined,
): Promise<CommandResult> {
  let file: FileHandle | undefined;
  let uploaded: string | undefined;
  try {
    file = await open(path, 'r').catch((error: unknown) => {
      throw new Error(`${path} cannot be read: ${whyOf(error)}.`);
    });
    const facts = await file.stat();
    if (!facts.isFile()) throw new Error(`${path} is no file.`);
    const { size } = facts;
    if (size === 0) throw new Error(`${path} is empty.`);
    const { file: begun } = await engine.call('captureFiles.begin', { fileName: basename(path), size });
    uploaded = begun.id;
    const buffer = Buffer.alloc(bytesAtOnce);
    for (let offset = 0; offset < size; ) {
      const { bytesRead } = await file.read(buffer, 0, bytesAtOnce, offset);
      if (bytesRead === 0) throw new Error(`${path} became shorter while it was read.`);
      const base64 = buffer.subarray(0, bytesRead).toString('base64');
      ({ received: offset } = await engine.call('captureFiles.append', { id: begun.id, offset, base64 }));
    }
    const applied = await engine.call('captureFiles.apply', {
      id: begun.id,
      ...(dataSourceId === undefined ? {} : { dataSourceId }),
    });
    const places = applied.dataSourceIds.join(', ');
    return { json: applied, text: `${applied.calls} calls taken in: ${places}\n` };
  } catch (error) {
    // What went wrong is told; where this fails, too, Hookbench forgets the file by itself.
    if (uploaded !== undefined)
      await engine.call('captureFiles.drop', { id: uploaded }).catch(() => undefined);
    throw error;
  } finally {
    await file?.close();
  }
}
