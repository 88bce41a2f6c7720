// A stored call in the form that other programs take: chosen here, made beside it. Pure.
import type { CopyForm } from '#contract';
import { type CopiedRequest, plainText } from './copied-request.ts';
import { asFetch, asPython } from './programs.ts';
import { asRawHttp } from './raw-http.ts';
import { asCurl, asHttpie } from './shell.ts';

/** A text for the clipboard, or bytes for a file where no clipboard could hold them. */
export function copyAs(form: CopyForm, request: CopiedRequest): { text: string } | { bytes: Uint8Array } {
  switch (form) {
    case 'curl':
      return { text: asCurl(request) };
    case 'fetch':
      return { text: asFetch(request) };
    case 'python':
      return { text: asPython(request) };
    case 'httpie':
      return { text: asHttpie(request) };
    case 'raw': {
      const bytes = asRawHttp(request);
      const isAscii = request.headers.every(([, value]) => !/[^ -~\t]/.test(value));
      const isText = isAscii && plainText(request.body) !== undefined;
      return isText ? { text: Buffer.from(bytes).toString('utf8') } : { bytes };
    }
  }
}
