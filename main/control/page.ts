// The files of the screens: read-only, from one folder, with a strict content policy and a fresh nonce for each page.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { contentHeaders, contentPolicy, noncePlaceholder } from '../content-policy.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export function createPage(folder: string) {
  async function sendIndex(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    let html: string;
    try {
      html = await readFile(join(folder, 'index.html'), 'utf8');
    } catch {
      const words = 'The screens are not built yet. Run "npm run build", then load this page again.';
      return send(request, response, 503, words, '.txt', { 'Cache-Control': 'no-store' });
    }
    const nonce = randomBytes(18).toString('base64');
    const sockets = ['127.0.0.1', 'localhost'].map((name) => `ws://${name}:${port}`);
    send(request, response, 200, html.replaceAll(noncePlaceholder, nonce), '.html', {
      'Content-Security-Policy': contentPolicy(nonce, sockets),
      'Cache-Control': 'no-store',
    });
  }

  return async function sendPage(
    request: IncomingMessage,
    response: ServerResponse,
    port: number,
  ): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return send(request, response, 405, 'Use GET.', '.txt', { Allow: 'GET, HEAD' });
    }
    const path = filePath(request.url ?? '/');
    const ending = path === undefined ? '' : extname(path);
    // Every address of a screen is the same page; only files with a known ending are files.
    if (path === undefined || !types[ending] || ending === '.html')
      return await sendIndex(request, response, port);
    let bytes: Buffer;
    try {
      bytes = await readFile(join(folder, path));
    } catch {
      return send(request, response, 404, 'There is no such file.', '.txt', { 'Cache-Control': 'no-store' });
    }
    const lasting = path.startsWith(`assets${sep}`);
    send(request, response, 200, bytes, ending, {
      'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  };
}

/** The path below the folder, or undefined for what would leave it. */
function filePath(url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
  const below = normalize(path).replace(/^[/\\]+/, '');
  return below.startsWith('..') || below.includes('\0') ? undefined : below;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  ending: string,
  headers: Record<string, string>,
): void {
  response.writeHead(status, {
    'Content-Type': types[ending] ?? 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...contentHeaders,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
