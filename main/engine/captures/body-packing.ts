// How a body lies in the store: as received, or packed with zstd where that saves space. Reading gives the same bytes.
import { promisify } from 'node:util';
import {
  constants,
  createZstdDecompress,
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
} from 'node:zlib';

export type Packing = 'none' | 'zstd';
export interface PackedBody {
  packing: Packing;
  bytes: Uint8Array;
}

/** Below this packing gains little; JSON of 10 KB shrinks to a quarter in under 0.1 ms. */
const minBytes = 4 * 1024;
/** Above this the work is done off the engine's loop. */
const maxInlineBytes = 256 * 1024;
/** A megabyte of JSON takes about 3 ms. */
const maxAtOnceBytes = 1024 * 1024;

const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** `compressed` says that the sender compressed the body already. */
export async function packBody(body: Uint8Array, compressed: boolean): Promise<PackedBody> {
  if (compressed || body.length < minBytes) return { packing: 'none', bytes: body };
  const packed =
    body.length <= maxInlineBytes ? zstdCompressSync(body, options) : await compress(body, options);
  return packed.length < body.length * 0.9
    ? { packing: 'zstd', bytes: packed }
    : { packing: 'none', bytes: body };
}

/** The same at once, for what is written inside a transaction; what would take long stays as it is. */
export function packAtOnce(body: Uint8Array): PackedBody {
  if (body.length < minBytes || body.length > maxAtOnceBytes) return { packing: 'none', bytes: body };
  const packed = zstdCompressSync(body, options);
  return packed.length < body.length * 0.9
    ? { packing: 'zstd', bytes: packed }
    : { packing: 'none', bytes: body };
}

export async function unpackBody(packed: PackedBody): Promise<Uint8Array> {
  if (packed.packing === 'none') return packed.bytes;
  return packed.bytes.length <= maxInlineBytes / 4
    ? zstdDecompressSync(packed.bytes)
    : await decompress(packed.bytes);
}

/** For worker threads, which may wait. */
export function unpackBodyNow(packed: PackedBody): Uint8Array {
  return packed.packing === 'none' ? packed.bytes : zstdDecompressSync(packed.bytes);
}

/** The first bytes of a body, from the first bytes of how it lies in the store; the rest is never unpacked. */
export async function unpackStart(start: PackedBody, maxBytes: number): Promise<Uint8Array> {
  if (start.packing === 'none') return start.bytes.subarray(0, maxBytes);
  const unpacking = createZstdDecompress();
  const parts: Buffer[] = [];
  let length = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  unpacking.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length >= maxBytes) resolve();
  });
  unpacking.once('end', resolve);
  // Ended in the middle of a frame: what came before it is all that was asked for.
  unpacking.once('error', (error) => (length > 0 ? resolve() : reject(error)));
  unpacking.end(start.bytes);
  await promise;
  unpacking.destroy();
  return Buffer.concat(parts).subarray(0, maxBytes);
}
