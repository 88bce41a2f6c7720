// What `app://hookbench/` answers: the built screens, the failure page, and nothing else. Threats: a path that climbs out of the folder of the
// screens, another host of the scheme, another method, markup without the content policy. It reads
// files, writes none, and does not know Electron.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentHeaders, contentPolicy, noncePlaceholder } from '../content-policy.ts';
import { appHost } from './security-rules.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The page that tells why the engine does not run; made by the shell, since the screens need the engine. */
export const failurePath = '/engine-failed';

export interface ServedContent {
  /** Absolute path of the built screens. */
  folder: string;
  /** The failure page, with the nonce placeholder; undefined while nothing failed. */
  failurePage(): string | undefined;
}

/**
 * The file below `folder` that a URL's path names, or undefined for a path that is not a plain one: each segment must be
 * a name of letters, digits, `_`, `-` and dots that does not begin with a dot. So no encoding, no `..`, no dot file, no
 * drive and no backslash ever reaches the file system.
 */
export function fileForPath(folder: string, pathname: string): string | undefined {
  const segments = pathname.split('/').slice(1);
  if (!pathname.startsWith('/') || !segments.every((segment) => /^[\w-][\w.-]*$/.test(segment)))
    return undefined;
  return join(folder, segments.join(sep));
}

/** Answers one request of a page. Unknown paths without an extension get index.html, since the screens route themselves. */
export async function answer(request: Request, content: ServedContent): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  if (host !== appHost) return plain(404, 'Not found');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed');
  if (pathname === failurePath) {
    const page = content.failurePage();
    return page === undefined ? plain(404, 'Not found') : markup(page);
  }
  const type = contentTypes[extname(pathname).toLowerCase()];
  if (extname(pathname) === '' || pathname === '/index.html') {
    const index = await readIfThere(join(content.folder, 'index.html'));
    return index === undefined ? plain(500, 'The screens are not built') : markup(index.toString('utf8'));
  }
  const file = fileForPath(content.folder, pathname);
  const bytes = file && type ? await readIfThere(file) : undefined;
  if (!bytes || !type) return plain(404, 'Not found');
  return new Response(new Uint8Array(bytes), {
    headers: { ...contentHeaders, 'Content-Type': type, 'Cache-Control': 'no-cache' },
  });
}

/** An HTML answer under the content policy, with a nonce of its own. */
function markup(page: string): Response {
  const nonce = randomBytes(18).toString('base64');
  return new Response(page.replaceAll(noncePlaceholder, nonce), {
    headers: {
      ...contentHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentPolicy(nonce),
      'Cache-Control': 'no-store',
    },
  });
}

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...contentHeaders, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
