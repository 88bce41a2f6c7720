// Downloads of items: a ticket that is good once and for a minute, then a stream in pages, with progress and cancel. What is written
// to a file stands under another name until it is whole.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { type CallInput, type CallOutput, type EventData, type ItemField, ProblemError } from '#contract';
import { createToken } from '../ids.ts';
import { type ItemRecord, itemFileFormats, itemFileName, jsonOf } from './item-file.ts';

export interface Download {
  fileName: string;
  contentType: string;
  /** Ends with an error when the download is cancelled or fails: then the file is not whole. */
  parts: AsyncIterable<string>;
}

interface Prepared {
  input: CallInput<'items.download'>;
  fileName: string;
  goodUntil: number;
  abort: AbortController;
  isOpen: boolean;
}

interface ExportPage {
  rows: ItemRecord[];
  next?: string;
  total?: { count: number; exact: boolean };
}

const ticketMs = 60_000;
const maxTickets = 50;
const itemsAtOnce = 500;
const progressEveryMs = 100;

export function createDownloads(deps: {
  /** Throws `dataSource.missing`. */
  nameOf(dataSourceId: string): string;
  fieldsOf(dataSourceId: string): ItemField[];
  page(
    input: Pick<CallInput<'items.export'>, 'dataSourceId' | 'search' | 'filters' | 'before'> & {
      limit: number;
    },
    signal: AbortSignal,
  ): Promise<ExportPage>;
  rowsOf(dataSourceId: string, ids: readonly string[]): ItemRecord[];
  tell(news: EventData<'items.exported'>): void;
  now?: () => number;
}) {
  const now = deps.now ?? Date.now;
  const tickets = new Map<string, Prepared>();

  function dropOld(): void {
    for (const [ticket, { goodUntil, isOpen }] of tickets) {
      if (!isOpen && (goodUntil < now() || tickets.size >= maxTickets)) tickets.delete(ticket);
    }
  }

  function take(ticket: string): Prepared | undefined {
    dropOld();
    const prepared = tickets.get(ticket);
    if (!prepared || prepared.isOpen) return undefined;
    prepared.isOpen = true;
    return prepared;
  }

  async function* pagesOf({ input, abort }: Prepared): AsyncGenerator<ExportPage> {
    const { dataSourceId, search, filters, ids } = input;
    if (ids) {
      for (let from = 0; from < ids.length; from += itemsAtOnce) {
        const rows = deps.rowsOf(dataSourceId, ids.slice(from, from + itemsAtOnce));
        yield { rows, total: { count: ids.length, exact: true } };
      }
      return;
    }
    let before: string | undefined;
    do {
      const page = await deps.page(
        { dataSourceId, search, filters, before, limit: itemsAtOnce },
        abort.signal,
      );
      yield page;
      before = page.next;
    } while (before !== undefined);
  }

  async function* write(ticket: string, prepared: Prepared): AsyncGenerator<string> {
    const { input, abort } = prepared;
    const format = itemFileFormats[input.format];
    let done = 0;
    let total = 0;
    let toldAt = 0;
    let state: EventData<'items.exported'>['state'] = 'cancelled';
    let message: string | undefined;
    const tell = () =>
      deps.tell({
        ticket,
        done,
        total: Math.max(done, total),
        state,
        ...(message === undefined ? {} : { message }),
      });
    try {
      const fields = deps.fieldsOf(input.dataSourceId);
      yield format.head(fields);
      for await (const page of pagesOf(prepared)) {
        abort.signal.throwIfAborted();
        total = page.total?.count ?? total;
        yield page.rows.map((row, i) => format.item(row, fields, done === 0 && i === 0)).join('');
        done += page.rows.length;
        if (now() - toldAt >= progressEveryMs) {
          toldAt = now();
          deps.tell({ ticket, done, total: Math.max(done, total), state: 'running' });
        }
      }
      abort.signal.throwIfAborted();
      yield format.tail;
      state = 'done';
    } catch (error) {
      if (!abort.signal.aborted) {
        state = 'failed';
        message = error instanceof ProblemError ? error.message : 'The items could not be read to the end.';
      }
      throw error;
    } finally {
      tickets.delete(ticket);
      tell();
    }
  }

  function openTicket(ticket: string): Download | undefined {
    const prepared = take(ticket);
    if (!prepared) return undefined;
    return {
      fileName: prepared.fileName,
      contentType: itemFileFormats[prepared.input.format].contentType,
      parts: write(ticket, prepared),
    };
  }

  return {
    /** A ticket for one file, good once and for a minute. */
    ticketFor(input: CallInput<'items.download'>): CallOutput<'items.download'> {
      const fileName = itemFileName(deps.nameOf(input.dataSourceId), input.format, new Date(now()));
      dropOld();
      const ticket = createToken();
      const abort = new AbortController();
      tickets.set(ticket, { input, fileName, goodUntil: now() + ticketMs, abort, isOpen: false });
      return { ticket, fileName };
    },

    cancel(ticket: string): void {
      const prepared = tickets.get(ticket);
      prepared?.abort.abort(new ProblemError('call.cancelled', 'The download was cancelled.'));
      if (prepared && !prepared.isOpen) tickets.delete(ticket);
    },

    /** Takes the ticket: a second time there is none. Undefined for one that is unknown, used or too old. */
    open: openTicket,

    /**
     * Writes the file of a ticket to `path`: under another name in the same folder until it is whole and on the disk.
     * @throws ProblemError download.missing, call.cancelled, and what the file system says; nothing is left behind then
     */
    async save(ticket: string, path: string): Promise<void> {
      const download = openTicket(ticket);
      if (!download)
        throw new ProblemError('download.missing', 'This download does not exist any more. Start it again.');
      const part = `${path}.${createToken().slice(0, 8)}.part`;
      let file: FileHandle | undefined;
      try {
        file = await open(part, 'wx', 0o600);
        for await (const text of download.parts) await file.writeFile(text);
        await file.sync();
        await file.close();
        file = undefined;
        await rename(part, path);
      } catch (error) {
        await file?.close();
        await rm(part, { force: true });
        tickets.delete(ticket);
        const isKnown = error instanceof ProblemError;
        if (!isKnown)
          deps.tell({ ticket, done: 0, total: 0, state: 'failed', message: whyNotWritten(error) });
        throw error;
      }
    },

    /** A page of NDJSON for scripts. */
    async exportPage(
      input: CallInput<'items.export'>,
      signal: AbortSignal,
    ): Promise<CallOutput<'items.export'>> {
      const page = await deps.page({ ...input, limit: input.limit ?? 1_000 }, signal);
      return {
        ndjson: page.rows.map((row) => `${jsonOf(row)}\n`).join(''),
        count: page.rows.length,
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },

    stop(): void {
      for (const { abort } of tickets.values())
        abort.abort(new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true }));
    },
  };
}

function whyNotWritten(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full. Nothing was kept of the file.';
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'The folder cannot be written. Choose another one.';
  return 'The file could not be written. Choose another folder.';
}

export type Downloads = ReturnType<typeof createDownloads>;
