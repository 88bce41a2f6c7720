// Uploads a file to an engine in pieces, as the screens do.
import type { CallInput, CallName, CallOutput, ImportOptions, ImportRecord } from '#contract';

type Call = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

const pieceBytes = 512 * 1024;

/** Sends all bytes; gives the id of the import, which is not checked yet. */
export async function sendFile(
  call: Call,
  dataSourceId: string,
  fileName: string,
  content: string | Uint8Array,
): Promise<string> {
  const bytes = Buffer.from(content as Uint8Array);
  const begun = await call('imports.begin', { dataSourceId, fileName, size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    const base64 = bytes.subarray(offset, offset + pieceBytes).toString('base64');
    await call('imports.append', { id: begun.import.id, offset, base64 });
  }
  return begun.import.id;
}

/** Sends all bytes and applies them. */
export async function uploadFile(
  call: Call,
  dataSourceId: string,
  fileName: string,
  content: string | Uint8Array,
  options?: ImportOptions,
): Promise<ImportRecord> {
  const id = await sendFile(call, dataSourceId, fileName, content);
  return (await call('imports.finish', { id, ...(options ? { options } : {}) })).import;
}
