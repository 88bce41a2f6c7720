// Items as a file: read page by page in the order of their ids, or the chosen ones.
import type { CallInput, CallOutput, ItemField } from '#contract';
import type { DownloadNews, Downloads } from './downloads.ts';
import { type ItemRecord, itemFileFormats, itemFileName, jsonOf } from './item-file.ts';

interface ExportPage {
  rows: ItemRecord[];
  next?: string;
  total?: { count: number; exact: boolean };
}

const itemsAtOnce = 500;

export function createItemDownloads(deps: {
  downloads: Downloads;
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
  tell(news: DownloadNews): void;
  now?: () => number;
}) {
  const now = deps.now ?? Date.now;

  async function* pagesOf(
    { dataSourceId, search, filters, ids }: CallInput<'items.download'>,
    signal: AbortSignal,
  ): AsyncGenerator<ExportPage> {
    if (ids) {
      for (let from = 0; from < ids.length; from += itemsAtOnce) {
        const rows = deps.rowsOf(dataSourceId, ids.slice(from, from + itemsAtOnce));
        yield { rows, total: { count: ids.length, exact: true } };
      }
      return;
    }
    let before: string | undefined;
    do {
      const page = await deps.page({ dataSourceId, search, filters, before, limit: itemsAtOnce }, signal);
      yield page;
      before = page.next;
    } while (before !== undefined);
  }

  return {
    ticketFor(input: CallInput<'items.download'>): CallOutput<'items.download'> {
      const format = itemFileFormats[input.format];
      return deps.downloads.ticketFor({
        fileName: itemFileName(deps.nameOf(input.dataSourceId), input.format, new Date(now())),
        contentType: format.contentType,
        tell: deps.tell,
        unexpected: 'The items could not be read to the end.',
        async *parts(signal, progress) {
          const fields = deps.fieldsOf(input.dataSourceId);
          let done = 0;
          let total = 0;
          yield format.head(fields);
          for await (const page of pagesOf(input, signal)) {
            signal.throwIfAborted();
            total = page.total?.count ?? total;
            yield page.rows.map((row, i) => format.item(row, fields, done === 0 && i === 0)).join('');
            done += page.rows.length;
            progress(done, total);
          }
          yield format.tail;
        },
      });
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
  };
}

export type ItemDownloads = ReturnType<typeof createItemDownloads>;
