// What people see of a call: bodies cut at 64 KiB, every secret concealed. Pure.
import type { ExchangeBody } from '#contract';

const shownBytes = 64 * 1024;
/** Of what is no text. */
const shownBinaryBytes = 4 * 1024;
const concealed = '••••••••';
/** A shorter secret is concealed only where it is the whole value: it would be found in every text. */
const leastConcealed = 6;

/** Takes secrets out of a text that is shown or stored. */
export type Conceal = (text: string) => string;

/** In every form in which a secret may stand in a request or be given back in an answer. */
export function createConceal(secrets: readonly string[]): Conceal {
  const forms = new Set(
    secrets
      .filter((secret) => secret.length >= leastConcealed)
      .flatMap((secret) => [
        secret,
        encodeURIComponent(secret),
        new URLSearchParams([['', secret]]).toString().slice(1),
        JSON.stringify(secret).slice(1, -1),
        Buffer.from(secret).toString('base64'),
      ]),
  );
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return (text) =>
    secrets.includes(text)
      ? concealed
      : longestFirst.reduce((shown, form) => shown.replaceAll(form, concealed), text);
}

/** `size` where more bytes came than `bytes` holds. */
export function shownBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  conceal: Conceal = (text) => text,
  size = bytes.length,
): ExchangeBody {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  const kept = bytes.subarray(0, shownBytes);
  const text = decoded(kept, charset, kept.length < size);
  if (text !== undefined) return { text: conceal(text), size, cut: kept.length < size };
  const first = kept.subarray(0, shownBinaryBytes);
  return { base64: Buffer.from(first).toString('base64'), size, cut: first.length < size };
}

/** Undefined where it is no text. The last character of a part may be half. */
function decoded(bytes: Uint8Array, charset: string, isPart: boolean): string | undefined {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: isPart });
    return text.includes('\0') ? undefined : text;
  } catch {
    // An unknown charset, or bytes that are none of it: no text.
    return undefined;
  }
}
