// Finds the place at which the quotes of a CSV text go wrong: asked only after the reader refused it, to name line and column.

export interface QuoteFault {
  /** notClosed: opened here and never closed · afterQuote: text after a closing quote · inField: a quote inside a plain value. */
  kind: 'notClosed' | 'afterQuote' | 'inField';
  line: number;
  /** In characters, from 1. */
  column: number;
}

/** Undefined where every quote is in its place. */
export async function findQuoteFault(
  texts: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): Promise<QuoteFault | undefined> {
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  let line = 1;
  let column = 0;
  let opened = { line: 1, column: 1 };
  let lastWasReturn = false;
  for await (const text of texts) {
    for (const char of text) {
      if (char === '\n' && lastWasReturn) {
        lastWasReturn = false;
        continue;
      }
      column += 1;
      const isBreak = char === '\n' || char === '\r';
      const isEnd = char === delimiter || isBreak;
      if (state === 'quoted') {
        if (char === '"') state = 'closed';
      } else if (state === 'closed') {
        if (char === '"') state = 'quoted';
        else if (isEnd) state = 'start';
        else return { kind: 'afterQuote', line, column };
      } else if (char === '"') {
        if (state === 'plain') return { kind: 'inField', line, column };
        state = 'quoted';
        opened = { line, column };
      } else {
        state = isEnd ? 'start' : 'plain';
      }
      lastWasReturn = char === '\r';
      if (isBreak) {
        line += 1;
        column = 0;
      }
    }
  }
  return state === 'quoted' ? { kind: 'notClosed', ...opened } : undefined;
}
