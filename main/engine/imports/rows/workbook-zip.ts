// The ZIP container of a workbook: opened with bounds, its XML parts as streams of text.
// Threats: archives that unpack to far more than they are (bombs), hostile entry names (nothing is written to disk), parts that
// do not match their announced sizes (the ZIP reader checks them while it reads).
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { FileFault } from './file-fault.ts';

const maxEntries = 10_000;
/** All parts together, unpacked: 4 GiB. */
const maxUnpackedBytes = 4 * 1024 * 1024 * 1024;
/** Real sheets shrink to a tenth or a fiftieth; only large parts beyond this are suspect. */
const maxRatio = 250;
const suspectBytes = 32 * 1024 * 1024;
/** Parts that are held in memory (styles, shared texts). */
const maxHeldBytes = 256 * 1024 * 1024;
/** Characters between two tags; the XML reader holds them together. */
const maxRunChars = 8 * 1024 * 1024;

export interface WorkbookZip {
  has(name: string): boolean;
  /** Compressed bytes of a part, for progress. */
  sizeOf(name: string): number;
  /** Its text in pieces. `held` says that the caller keeps what it reads. @throws FileFault */
  textOf(name: string, held: boolean, onBytes?: (compressed: number) => void): AsyncGenerator<string>;
  close(): void;
}

/** @throws FileFault where it is no ZIP archive, or one that is not to be unpacked */
export async function openWorkbookZip(file: string): Promise<WorkbookZip> {
  const zip = await readable(() => openPromise(file, { lazyEntries: true, autoClose: false }));
  const entries = new Map<string, Entry>();
  try {
    await readable(() => readEntries(zip, entries));
  } catch (error) {
    zip.close();
    throw error;
  }

  function entryOf(name: string): Entry {
    const entry = entries.get(name);
    if (!entry)
      throw new FileFault(`The workbook lacks its part ${name}; it is damaged. Save it again in Excel.`);
    return entry;
  }

  return {
    has: (name) => entries.has(name),
    sizeOf: (name) => entryOf(name).compressedSize,
    async *textOf(name, held, onBytes) {
      const entry = entryOf(name);
      if (held && entry.uncompressedSize > maxHeldBytes) {
        throw new FileFault(
          'The texts of the workbook take more than 256 MiB. Save the sheet as CSV and upload that.',
        );
      }
      const stream = await readable(() => zip.openReadStreamPromise(entry));
      const decoder = new TextDecoder('utf-8', { fatal: true });
      let unpacked = 0;
      let run = 0;
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          const text = decoder.decode(chunk, { stream: true });
          const tag = text.lastIndexOf('<');
          run = tag < 0 ? run + text.length : text.length - tag;
          if (run > maxRunChars) throw new FileFault('A cell of the workbook is larger than 8 MiB.');
          unpacked += chunk.length;
          onBytes?.((unpacked / Math.max(1, entry.uncompressedSize)) * entry.compressedSize);
          yield text;
        }
      } catch (error) {
        throw asFileFault(error);
      } finally {
        stream.destroy();
      }
    },
    close: () => zip.close(),
  };
}

async function readEntries(zip: ZipFile, entries: Map<string, Entry>): Promise<void> {
  let unpacked = 0;
  if (zip.entryCount > maxEntries) throw bomb(`it has ${zip.entryCount.toLocaleString('en')} parts`);
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
    if (unpacked > maxUnpackedBytes) throw bomb('it would unpack to more than 4 GiB');
    if (entry.uncompressedSize > suspectBytes && ratio > maxRatio) {
      throw bomb(`a part of it would unpack to ${Math.round(ratio)} times its size`);
    }
    if (entry.isEncrypted())
      throw new FileFault('The workbook is protected by a password. Save it without one.');
    entries.set(entry.fileName.replace(/^\//, ''), entry);
  }
}

async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw asFileFault(error);
  }
}

function asFileFault(error: unknown): unknown {
  if (error instanceof FileFault) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new FileFault(
    `The workbook cannot be unpacked (${reason.slice(0, 200)}). It is damaged or no workbook; save it again in Excel.`,
  );
}

function bomb(what: string): FileFault {
  return new FileFault(`The file is not unpacked, because ${what}. That is not what a workbook looks like.`);
}
