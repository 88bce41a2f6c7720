// Downloads of the serve host: GET /download/<ticket>. The ticket names the file and is taken by the first request; who asks was
// checked before. A download that breaks off ends the connection, so that no browser takes a part for the whole.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { contentHeaders } from '../content-policy.ts';
import { sendProblem } from '../link/http-calls.ts';

export type OpenDownload = (
  ticket: string,
) => { fileName: string; contentType: string; parts: AsyncIterable<string> } | undefined;

export const downloadPath = '/download/';

export function createDownloadDoor(open: OpenDownload) {
  return async function sendDownload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET') {
      return sendProblem(response, { code: 'input.invalid', message: 'Use GET.' }, 405);
    }
    const ticket = (request.url ?? '').slice(downloadPath.length).split('?', 1)[0] ?? '';
    const download = open(ticket);
    if (!download) {
      return sendProblem(
        response,
        {
          code: 'download.missing',
          message: 'This download was used already or is older than a minute. Start it again.',
        },
        404,
      );
    }
    response.writeHead(200, {
      'Content-Type': download.contentType,
      'Content-Disposition': disposition(download.fileName),
      'Cache-Control': 'no-store',
      ...contentHeaders,
    });
    for await (const part of download.parts) {
      // Leaving the loop ends the reading of the items, too.
      if (response.destroyed) return;
      if (!response.write(part)) await drained(response);
    }
    response.end();
  };
}

/** Resolves when more can be written, or when nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const leave = () => {
      response.off('drain', leave);
      response.off('close', leave);
      resolve();
    };
    response.on('drain', leave);
    response.on('close', leave);
  });
}

/** The name twice: in ASCII for the oldest programs, and whole (RFC 6266, RFC 5987). */
export function disposition(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`;
}
