// The door for scripts of this user: `POST /api/<call>` over a Unix socket (mode 0600) or a named pipe of the running
// application. Threat: other users of this machine; the mode of the socket in a 0700 folder keeps them out.
import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { answerHttpCall, apiPath, sendProblem } from './http-calls.ts';
import type { Dispatcher } from './serve-channel.ts';

/** The operating systems take about 100 bytes for the path of a socket. */
const maxSocketPath = 100;

/** Where the socket of a data folder is: in the folder, or under a name made from it where the path would be too long. */
export function localSocketPath(dataDir: string): string {
  const folder = resolve(dataDir);
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hookbench-${name}`;
  const inFolder = join(folder, 'hookbench.sock');
  if (Buffer.byteLength(inFolder) <= maxSocketPath) return inFolder;
  return join(tmpdir(), `hookbench-${userInfo().uid}-${name}.sock`);
}

/** The folder's lock is held by the caller, so a socket file that is there is left over from a killed process. */
export async function openLocalSocket(
  dataDir: string,
  engine: Pick<Dispatcher, 'dispatch'>,
): Promise<{ stop(): void }> {
  const path = localSocketPath(dataDir);
  const windows = process.platform === 'win32';
  if (!windows) rmSync(path, { force: true });
  const server = createServer((request, response) => {
    if (!request.url?.startsWith(apiPath)) {
      return sendProblem(response, { code: 'call.unknown', message: `Calls are made at ${apiPath}<call>.` });
    }
    answerHttpCall(request, response, engine).catch(() => response.destroy());
  });
  await new Promise<void>((listening, reject) => {
    // Nobody else may connect between bind and chmod.
    const mask = windows ? undefined : process.umask(0o177);
    server.once('error', reject);
    server.listen(path, () => {
      if (!windows) chmodSync(path, 0o600);
      listening();
    });
    // The socket is bound by now, or never will be.
    if (mask !== undefined) process.umask(mask);
  });
  return {
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
