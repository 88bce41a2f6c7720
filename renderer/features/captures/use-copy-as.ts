// A call copied in the form of another program: into the clipboard, or as a file where it is no text. A body that is too long for a command is
// saved as the file that the command reads.
import { type CopyForm, ProblemError } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import type { Client } from '../../api/client.ts';
import { useClient } from '../../api/use-client.tsx';
import { text } from '../../text/en.ts';

export type Copied =
  | { ok: true; masked: readonly string[]; file?: string; bodyFile?: string }
  | { ok: false; why: string };

const pieceBytes = 65_536;

export function useCopyAs(): (captureId: string, form: CopyForm) => Promise<Copied> {
  const client = useClient();
  return async (id, as) => {
    try {
      const {
        text: command,
        base64 = '',
        bodyFile,
        masked,
      } = await client.call('captures.copyAs', { id, as });
      if (command !== undefined) {
        await navigator.clipboard.writeText(command);
        if (bodyFile === undefined) return { ok: true, masked };
        saveBytes(bodyFile, await bodyOf(client, id));
        return { ok: true, masked, bodyFile };
      }
      const file = `${id}.http`;
      saveBytes(file, [bytesOf(base64)]);
      return { ok: true, masked, file };
    } catch (error) {
      return { ok: false, why: error instanceof ProblemError ? asProblem(error).message : text.copy.failed };
    }
  };
}

async function bodyOf(client: Client, id: string): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (;;) {
    const { base64, total } = await client.call('captures.bytes', { id, offset, length: pieceBytes });
    const piece = bytesOf(base64);
    pieces.push(piece);
    offset += piece.length;
    if (offset >= total || piece.length === 0) return pieces;
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

function saveBytes(name: string, pieces: Uint8Array<ArrayBuffer>[]): void {
  const url = URL.createObjectURL(new Blob(pieces, { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds the data itself by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
