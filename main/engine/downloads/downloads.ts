// Downloads: a ticket that is good once and for a minute, then a stream of parts with progress and cancel. What is written to a file
// stands under another name until it is whole. Knows nothing of what it gives out: a plan makes the parts.
import { ProblemError } from '#contract';
import { createToken } from '../ids.ts';
import { FileNotWritten, writeWholeFile } from './whole-file.ts';

export interface Download {
  fileName: string;
  contentType: string;
  /** Ends with an error when the download is cancelled or fails: then the file is not whole. */
  parts: AsyncIterable<string>;
}

/** How far a download is. `failed` says why in `message`. */
export interface DownloadNews {
  ticket: string;
  done: number;
  total: number;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  message?: string;
}

/** One file to give out. */
export interface DownloadPlan {
  fileName: string;
  contentType: string;
  /** Makes the file part by part; tells how far it is; throws the signal's reason when it is cancelled. */
  parts(signal: AbortSignal, progress: (done: number, total: number) => void): AsyncIterable<string>;
  tell(news: DownloadNews): void;
  /** What is told where something unexpected ends it. */
  unexpected: string;
}

interface Prepared {
  plan: DownloadPlan;
  goodUntil: number;
  abort: AbortController;
  isOpen: boolean;
}

const ticketMs = 60_000;
const maxTickets = 50;
const progressEveryMs = 100;

export function createDownloads(now: () => number = Date.now) {
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

  /** @param tellEnd gets the last news, when the last part was taken or none will come any more */
  async function* write(
    ticket: string,
    { plan, abort }: Prepared,
    tellEnd: DownloadPlan['tell'] = plan.tell,
  ): AsyncGenerator<string> {
    let done = 0;
    let total = 0;
    let toldAt = 0;
    let state: DownloadNews['state'] = 'cancelled';
    let message: string | undefined;
    const tell = () =>
      tellEnd({
        ticket,
        done,
        total: Math.max(done, total),
        state,
        ...(message === undefined ? {} : { message }),
      });
    const progress = (nowDone: number, nowTotal: number) => {
      done = nowDone;
      total = nowTotal;
      if (now() - toldAt < progressEveryMs) return;
      toldAt = now();
      plan.tell({ ticket, done, total: Math.max(done, total), state: 'running' });
    };
    try {
      for await (const part of plan.parts(abort.signal, progress)) {
        abort.signal.throwIfAborted();
        yield part;
        abort.signal.throwIfAborted();
      }
      state = 'done';
    } catch (error) {
      if (!abort.signal.aborted) {
        state = 'failed';
        message = error instanceof ProblemError ? error.message : plan.unexpected;
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
    const { fileName, contentType } = prepared.plan;
    return { fileName, contentType, parts: write(ticket, prepared) };
  }

  return {
    /** A ticket for one file, good once and for a minute. */
    ticketFor(plan: DownloadPlan): { ticket: string; fileName: string } {
      dropOld();
      const ticket = createToken();
      const abort = new AbortController();
      tickets.set(ticket, { plan, goodUntil: now() + ticketMs, abort, isOpen: false });
      return { ticket, fileName: plan.fileName };
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
     * @throws ProblemError download.missing, call.cancelled; FileNotWritten. Nothing is left behind then
     */
    async save(ticket: string, path: string): Promise<void> {
      const prepared = take(ticket);
      if (!prepared)
        throw new ProblemError('download.missing', 'This download does not exist any more. Start it again.');
      const { tell } = prepared.plan;
      // Told once the file is there: behind the last part the disk may still refuse it.
      let end: DownloadNews | undefined;
      const parts = write(ticket, prepared, (news) => {
        end = news;
      });
      try {
        await writeWholeFile(path, parts);
      } catch (error) {
        if (error instanceof FileNotWritten)
          end = { ticket, done: 0, total: 0, state: 'failed', message: error.message };
        throw error;
      } finally {
        tickets.delete(ticket);
        if (end) tell(end);
      }
    },

    stop(): void {
      for (const { abort } of tickets.values())
        abort.abort(new ProblemError('engine.stopping', 'Hookbench is stopping.', { retry: true }));
    },
  };
}

export type Downloads = ReturnType<typeof createDownloads>;
