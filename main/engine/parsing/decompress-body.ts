// Content-Encoding: undoes what the sender applied, in reverse order.
// Threat: a few kilobytes that unpack to gigabytes. Every step is bound by zlib's own `maxOutputLength`.
import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
  zstdDecompressSync,
} from 'node:zlib';
import { BodyFault } from './body-fault.ts';
import { tooLarge } from './body-limits.ts';

const maxSteps = 5;
const taken = 'gzip, deflate, br, zstd and identity';

/**
 * The body after decompression; the same bytes where nothing is to be undone.
 * @throws BodyFault 400 broken or cut compression, 413 more than `maxBytes`, 415 an encoding that we do not take.
 */
export function decompressBody(
  body: Uint8Array,
  contentEncoding: string | undefined,
  maxBytes: number,
): Uint8Array {
  const names = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > maxSteps) {
    throw new BodyFault(
      415,
      'unknownEncoding',
      `The body is encoded more than ${maxSteps} times. Encode it once.`,
    );
  }
  let bytes = body;
  for (const name of names.reverse()) bytes = undo(name, bytes, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

function undo(name: string, bytes: Uint8Array, maxBytes: number): Uint8Array {
  const step = steps.get(name);
  if (!step) {
    throw new BodyFault(
      415,
      'unknownEncoding',
      `This Content-Encoding is not one that Hookbench reads. It takes ${taken}.`,
    );
  }
  try {
    return step(bytes, maxBytes);
  } catch (error) {
    if (error instanceof BodyFault) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    const why =
      code === 'Z_BUF_ERROR'
        ? 'the compressed data ends too early'
        : 'the bytes are not compressed in that way, or they are damaged';
    throw new BodyFault(
      400,
      'brokenCompression',
      `The body is declared as ${name}, but it cannot be decompressed: ${why}.`,
    );
  }
}

type Step = (bytes: Uint8Array, maxBytes: number) => Uint8Array;
type Unpack = (bytes: Uint8Array, options: ZlibOptions) => unknown;

const steps = new Map<string, Step>([
  ['gzip', whole(gunzipSync, 'gzip')],
  ['x-gzip', whole(gunzipSync, 'x-gzip')],
  [
    'deflate',
    (bytes, maxBytes) =>
      whole(hasZlibHeader(bytes) ? inflateSync : inflateRawSync, 'deflate')(bytes, maxBytes),
  ],
  ['br', whole(brotliDecompressSync, 'br')],
  ['zstd', allFrames],
]);

/** What `info: true` makes of zlib's synchronous functions (the type declarations leave it out). */
interface Unpacked {
  buffer: Uint8Array;
  engine: { bytesWritten: number };
}

function unpack(run: Unpack, bytes: Uint8Array, maxBytes: number): { output: Uint8Array; consumed: number } {
  const { buffer, engine } = run(bytes, { maxOutputLength: Math.max(1, maxBytes), info: true }) as Unpacked;
  return { output: buffer, consumed: engine.bytesWritten };
}

/** One stream (of several members, where gzip is meant) that must end where the body ends; zero padding is let pass. */
function whole(run: Unpack, name: string): Step {
  return (bytes, maxBytes) => {
    const { output, consumed } = unpack(run, bytes, maxBytes);
    const rest = bytes.subarray(consumed);
    if (rest.some((byte) => byte !== 0)) throw trailing(name, rest.length, consumed);
    return output;
  };
}

/** zstd: frames may follow one another (RFC 8878); zlib reads one at a time. */
function allFrames(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const outputs: Uint8Array[] = [];
  let total = 0;
  let offset = 0;
  do {
    const rest = bytes.subarray(offset);
    if (offset > 0 && !startsZstdFrame(rest)) throw trailing('zstd', rest.length, offset);
    const { output, consumed } = unpack(zstdDecompressSync as Unpack, rest, maxBytes);
    total += output.length;
    if (total > maxBytes) throw tooLarge(maxBytes);
    outputs.push(output);
    offset += consumed;
  } while (offset < bytes.length);
  return outputs.length === 1 && outputs[0] ? outputs[0] : Buffer.concat(outputs);
}

function startsZstdFrame(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

function trailing(name: string, count: number, offset: number): BodyFault {
  return new BodyFault(
    400,
    'brokenCompression',
    `After the ${name} data ${count === 1 ? 'one byte follows that does' : `${count} bytes follow that do`} not belong to it.`,
    { offset },
  );
}
