// A call as the bytes of HTTP/1.1: all its headers in their order and the body as it came; a chunked body gets its length instead. Pure.
import type { CopiedRequest } from './copied-request.ts';

const framing = new Set(['content-length', 'transfer-encoding']);

export function asRawHttp(request: CopiedRequest): Uint8Array {
  const { method, url, body, headers } = request;
  const { host } = new URL(url);
  // As it is written, not as URL would normalise it.
  const target = url.slice(url.indexOf(host) + host.length) || '/';
  const lines = [`${method} ${target} HTTP/1.1`];
  const length = `Content-Length: ${body.length}`;
  let isFramed = false;
  if (!headers.some(([name]) => name.toLowerCase() === 'host')) lines.push(`Host: ${host}`);
  for (const [name, value] of headers) {
    if (!framing.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
    else if (!isFramed) {
      lines.push(length);
      isFramed = true;
    }
  }
  if (!isFramed && body.length > 0) lines.push(length);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
