// Lists that are longer than what the engine gives at once.

/** A longer list belongs into a file: `captures export`. */
export const mostListed = 10_000;
const pageSize = 500;

export interface Page {
  limit: number;
  before?: string;
}

/** A page may be short or empty and still go on. */
export async function pagesOf<T>(
  most: number,
  read: (page: Page) => Promise<{ found: readonly T[]; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let before: string | undefined;
  do {
    const limit = Math.min(pageSize, most - all.length);
    const { found, next } = await read({ limit, ...(before === undefined ? {} : { before }) });
    all.push(...found);
    before = next;
  } while (before !== undefined && all.length < most);
  return all;
}
