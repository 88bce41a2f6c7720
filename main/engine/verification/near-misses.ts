// Why a signature may have failed: tries what people get wrong (another secret, a changed body, another encoding, another URL) and names
// the first that would have matched. It explains only; it never makes a wrong signature right.
import { createHmac } from 'node:crypto';
import { parseJsonBody, sameText, textOf } from './request-parts.ts';
import type { SchemeOf } from './signature-scheme.ts';
import { keyOf, type SignedRequest, signedContent } from './signed-content.ts';

export interface NearMissHints {
  /** Secrets of other connections, with the name that the user knows. */
  otherSecrets?: readonly { name: string; secret: string }[];
  /** Addresses under which the receiver is or was reachable, local and public. */
  otherUrls?: readonly string[];
}

export interface NearMiss {
  kind:
    | 'tooOld'
    | 'tooNew'
    | 'otherSecret'
    | 'secretWhitespace'
    | 'secretEncoding'
    | 'otherEncoding'
    | 'otherAlgorithm'
    | 'otherUrl'
    | 'changedNewline'
    | 'reserializedBody';
  /** What probably happened and what to do, for the user. */
  text: string;
}

/** Larger bodies are not tried again: each try reads all of it on the engine's own loop. */
export const maxNearMissBytes = 256 * 1024;

/** Deeper JSON is not written again: indented, it would grow by its depth. */
const maxDepth = 16;

/** An upper bound of the nesting, brackets inside texts included. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}

/** The same content with other line ends or without the last one; as other programs write it. */
function* changedBodies(
  body: Uint8Array,
): Generator<{ body: Uint8Array; kind: NearMiss['kind']; text: string }> {
  const text = textOf(body);
  const newline =
    'The signature was made over other line ends. A program between the sender and Hookbench changed them.';
  const variants = new Set([
    text.replace(/\r?\n$/, ''),
    `${text}\n`,
    `${text}\r\n`,
    text.replace(/\r\n/g, '\n'),
    text.replace(/\r?\n/g, '\r\n'),
  ]);
  variants.delete(text);
  for (const variant of variants) yield { body: Buffer.from(variant), kind: 'changedNewline', text: newline };
  const value = depthOf(text) > maxDepth ? undefined : parseJsonBody(body);
  if (value === undefined) return;
  const again =
    'The signature was made over the same JSON written in another way. A program in between wrote it anew.';
  const compact = JSON.stringify(value);
  const spaced = JSON.stringify(value, undefined, 1)
    .replace(/\n\s*/g, ' ')
    .replace(/([[{]) /g, '$1')
    .replace(/ ([\]}])/g, '$1');
  const indented = [2, 4].map((spaces) => JSON.stringify(value, undefined, spaces));
  for (const variant of new Set([compact, spaced, ...indented])) {
    if (variant !== text) yield { body: Buffer.from(variant), kind: 'reserializedBody', text: again };
  }
}

/** `given` are the signatures of the call; `undefined` where nothing comes near or the body is too large to try. */
export function findNearMiss(
  scheme: SchemeOf<'hmac'>,
  input: SignedRequest & { secrets: readonly string[] },
  given: readonly string[],
  timestamp: string | undefined,
  hints: NearMissHints,
): NearMiss | undefined {
  if (input.rawBody.length > maxNearMissBytes) return undefined;
  const content = signedContent(scheme.content, input, timestamp);

  function meets(
    key: Buffer,
    signed: Buffer,
    algorithm: string = scheme.algorithm,
    encoding = scheme.encoding,
  ): boolean {
    const expected = createHmac(algorithm, key).update(signed).digest(encoding);
    return given.some((one) => sameText(encoding === 'hex' ? one.toLowerCase() : one, expected));
  }

  for (const { name, secret } of hints.otherSecrets ?? []) {
    if (meets(keyOf(scheme, secret), content)) {
      return {
        kind: 'otherSecret',
        text: `The call was signed with the secret of "${name}". Copy the right one here.`,
      };
    }
  }
  for (const secret of input.secrets) {
    const key = keyOf(scheme, secret);
    if (secret !== secret.trim() && meets(keyOf(scheme, secret.trim()), content)) {
      return {
        kind: 'secretWhitespace',
        text: 'The stored secret has a blank at its end. Paste it again without it.',
      };
    }
    const otherKey = Buffer.from(
      secret.replace(/^whsec_/, ''),
      scheme.secretEncoding === 'base64' ? 'utf8' : 'base64',
    );
    if (meets(otherKey, content)) {
      return {
        kind: 'secretEncoding',
        text: 'The secret is used in another form: as base64 or as plain text.',
      };
    }
    const encoding = scheme.encoding === 'hex' ? 'base64' : 'hex';
    if (meets(key, content, scheme.algorithm, encoding)) {
      return {
        kind: 'otherEncoding',
        text: `The signature is right, but written in ${encoding} and not in ${scheme.encoding}.`,
      };
    }
    for (const algorithm of ['sha1', 'sha256', 'sha512']) {
      if (algorithm !== scheme.algorithm && meets(key, content, algorithm)) {
        return {
          kind: 'otherAlgorithm',
          text: `The signature is right, but made with ${algorithm} and not with ${scheme.algorithm}.`,
        };
      }
    }
    if (scheme.content.includes('{url}')) {
      for (const url of hints.otherUrls ?? []) {
        if (meets(key, signedContent(scheme.content, { ...input, url }, timestamp))) {
          return {
            kind: 'otherUrl',
            text: `The call was signed for ${url}. Paste the present URL into the application again.`,
          };
        }
      }
    }
    for (const changed of changedBodies(input.rawBody)) {
      if (meets(key, signedContent(scheme.content, { ...input, rawBody: changed.body }, timestamp))) {
        return { kind: changed.kind, text: changed.text };
      }
    }
  }
  return undefined;
}
