// A call copied in the form of another program: into the clipboard, or as a file where it is no text.
import { type CopyForm, ProblemError } from '#contract';
import { asProblem } from '../../api/call-cache.ts';
import { useClient } from '../../api/use-client.tsx';
import { text } from '../../text/en.ts';

export type Copied = { ok: true; masked: readonly string[]; file?: string } | { ok: false; why: string };

export function useCopyAs(): (captureId: string, form: CopyForm) => Promise<Copied> {
  const client = useClient();
  return async (id, as) => {
    try {
      const made = await client.call('captures.copyAs', { id, as });
      if (made.text !== undefined) {
        await navigator.clipboard.writeText(made.text);
        return { ok: true, masked: made.masked };
      }
      const file = `${id}.http`;
      saveBytes(file, made.base64 ?? '');
      return { ok: true, masked: made.masked, file };
    } catch (error) {
      return { ok: false, why: error instanceof ProblemError ? asProblem(error).message : text.copy.failed };
    }
  };
}

function saveBytes(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds the data itself by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
