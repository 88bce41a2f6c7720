// What people see of a call: bodies cut at 64 KiB, every secret concealed. Pure.
import type { ExchangeBody } from '#contract';

const shownBytes = 64 * 1024;
/** Of what is no text. */
const shownBinaryBytes = 4 * 1024;
const concealed = '••••••••';
const concealedBytes = '********';
/** A shorter secret is concealed only where it is the whole value: it would be found in every text. */
const leastConcealed = 6;

/** Takes secrets out of a text that is shown or stored. */
export interface Conceal {
  (text: string): string;
  /** The same for the begin of a longer text, which may end in the middle of a secret. */
  begin(text: string): string;
  /** The same for bytes that are no text; `isBegin` where more came. */
  bytes(bytes: Uint8Array, isBegin: boolean): Uint8Array;
}

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
        JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
        Buffer.from(secret).toString('base64'),
      ]),
  );
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const bytesOfForms = longestFirst.map((form) => Buffer.from(form).toString('latin1'));
  const conceal = (text: string) =>
    secrets.includes(text) ? concealed : without(text, longestFirst, concealed);
  return Object.assign(conceal, {
    begin: (text: string) =>
      secrets.includes(text)
        ? concealed
        : withoutBegin(without(text, longestFirst, concealed), longestFirst, concealed),
    bytes(bytes: Uint8Array, isBegin: boolean): Uint8Array {
      if (bytesOfForms.length === 0) return bytes;
      const text = without(Buffer.from(bytes).toString('latin1'), bytesOfForms, concealedBytes);
      return Buffer.from(isBegin ? withoutBegin(text, bytesOfForms, concealedBytes) : text, 'latin1');
    },
  });
}

const without = (text: string, forms: readonly string[], mark: string): string =>
  forms.reduce((shown, form) => shown.replaceAll(form, mark), text);

/** The begin of a secret at the end of a text, however short it is. */
function withoutBegin(text: string, forms: readonly string[], mark: string): string {
  let longest = 0;
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length > longest; length -= 1) {
      if (form.startsWith(text.slice(-length))) longest = length;
    }
  }
  return longest === 0 ? text : `${text.slice(0, -longest)}${mark}`;
}

const nothingSecret = createConceal([]);

/** `size` where more bytes came than `bytes` holds; `brokenOff` where more was to come. */
export function shownBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  conceal: Conceal = nothingSecret,
  size = bytes.length,
  brokenOff = false,
): ExchangeBody {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  const kept = bytes.subarray(0, shownBytes);
  const cut = kept.length < size;
  const text = decoded(kept, charset, cut);
  if (text !== undefined) {
    return { text: cut || brokenOff ? conceal.begin(text) : conceal(text), size, cut };
  }
  const first = kept.subarray(0, shownBinaryBytes);
  const isBegin = first.length < size;
  const shown = conceal.bytes(first, isBegin || brokenOff);
  return { base64: Buffer.from(shown).toString('base64'), size, cut: isBegin };
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
