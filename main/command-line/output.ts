// Where a command prints: waits until what reads it has taken it, says when it cannot be written, and shows a terminal no control
// characters.
import { visibleLines } from './print-table.ts';

export interface Output {
  /** How wide the terminal is; undefined where the output is a file or a pipe. */
  columns: number | undefined;
  /**
   * Resolves when it is taken.
   * @throws OutputClosed, or an error that says why it cannot be written
   */
  write(content: string | Uint8Array): Promise<void>;
}

/** What read the output has closed it, as `head` does when it has enough. */
export class OutputClosed extends Error {}

const narrowest = 20;

export function outputTo(stream: NodeJS.WriteStream): Output {
  // Told to who writes; without a listener it would end the program.
  stream.on('error', () => undefined);
  const write = (content: string | Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      stream.write(content, (error) => (error ? reject(faultOf(error)) : resolve()));
    });
  if (!stream.isTTY) return { columns: undefined, write };
  return {
    columns: Math.max(narrowest, stream.columns || 80),
    write: (content) =>
      write(visibleLines(typeof content === 'string' ? content : new TextDecoder().decode(content))),
  };
}

function faultOf(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return new OutputClosed();
  return new Error(`The output cannot be written: ${whyOf(error)}.`);
}

/** The reason of a fault of a file, in words. */
export function whyOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EACCES: 'this user may not',
    EPERM: 'this user may not',
    EROFS: 'it lies where nothing can be written',
    ENOSPC: 'no space is left',
  };
  const words = code === undefined ? undefined : known[code];
  return words ? `${words} (${code})` : message;
}
