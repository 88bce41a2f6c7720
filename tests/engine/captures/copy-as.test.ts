// Every form of a copied call is run by its own program against a real server, and the call arrives as it was: method, path, query, headers
// and every byte of the body. A program that is not on this machine is skipped by name.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CopyForm } from '#contract';
import type { CopiedRequest } from '../../../main/engine/captures/copy-as/copied-request.ts';
import { copyAs } from '../../../main/engine/captures/copy-as/copy-as.ts';

const run = promisify(execFile);
interface Arrived {
  method: string;
  url: string;
  headers: [string, string][];
  body: Buffer;
}

let server: Server;
let port = 0;
let arrive: (arrived: Arrived) => void = () => undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = request.rawHeaders;
      const headers = raw.flatMap((name, i) =>
        i % 2 === 0 ? [[name.toLowerCase(), raw[i + 1] ?? ''] as [string, string]] : [],
      );
      response.end('taken');
      arrive({ method: request.method ?? '', url: request.url ?? '', headers, body: Buffer.concat(parts) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

const has = (program: string, ...probe: string[]) => spawnSync(program, probe).status === 0;
const programs: Record<CopyForm, { name: string; isHere: boolean; run(text: string): Promise<unknown> }> = {
  curl: {
    name: 'curl',
    isHere: has('curl', '--version') && has('bash', '--version'),
    run: (text) => run('bash', ['-c', text]),
  },
  fetch: {
    name: 'node',
    isHere: true,
    run: (text) => run(process.execPath, ['--input-type=module', '-e', text]),
  },
  python: {
    name: 'python3 with requests',
    isHere: has('python3', '-c', 'import requests'),
    run: (text) => run('python3', ['-c', text]),
  },
  httpie: {
    name: 'http (HTTPie)',
    isHere: has('http', '--version') && has('bash', '--version'),
    run: (text) => run('bash', ['-c', text]),
  },
  raw: {
    name: 'a socket',
    isHere: true,
    run: (text) =>
      new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
        socket.once('data', () => {
          socket.destroy();
          resolve();
        });
        socket.once('error', reject);
      }),
  },
};

const everyByte = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
const json: [string, string] = ['Content-Type', 'application/json'];
const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const requests: [name: string, request: () => CopiedRequest][] = [
  [
    'JSON with quotes, signs and other scripts',
    () => ({
      method: 'POST',
      url: at('/in/token?page=2&a[b]=c%20d'),
      headers: [
        ['Host', 'other.example'],
        json,
        ['X-Hub-Signature', 'sha256=ab\'c"d`$(x)\\n;=@:'],
        ['User-Agent', 'Sender/1.0'],
        ['Content-Length', '9'],
      ],
      body: Buffer.from(
        '{"name":"O\'Brien \\"x\\" $HOME `id` \\u00e9 日本 😀",\n\t"empty":"","at":"@file"}\n',
      ),
    }),
  ],
  [
    'a body of every byte',
    () => ({
      method: 'POST',
      url: at('/in/token'),
      headers: [['Content-Type', 'application/octet-stream']],
      body: everyByte,
    }),
  ],
  [
    'a compressed body',
    () => ({
      method: 'POST',
      url: at('/in/token'),
      headers: [json, ['Content-Encoding', 'gzip']],
      body: Buffer.from('1f8b08000000000000ffabae0500a0a7e30004000000', 'hex'),
    }),
  ],
  [
    'lines that end with a return',
    () => ({
      method: 'POST',
      url: at('/in/token'),
      headers: [['Content-Type', 'text/plain']],
      body: Buffer.from('one\r\ntwo\r\n'),
    }),
  ],
  [
    'a body that begins with an @',
    () => ({
      method: 'POST',
      url: at('/in/token'),
      headers: [['Content-Type', 'text/plain']],
      body: Buffer.from('@/etc/passwd'),
    }),
  ],
  [
    'no content type',
    () => ({ method: 'POST', url: at('/in/token'), headers: [], body: Buffer.from('{"id":1}') }),
  ],
  [
    'no body',
    () => ({ method: 'POST', url: at('/in/token'), headers: [['X-Empty', '']], body: new Uint8Array() }),
  ],
  [
    'GET',
    () => ({
      method: 'GET',
      url: at('/in/token?challenge=abc'),
      headers: [['Accept', '*/*']],
      body: new Uint8Array(),
    }),
  ],
  [
    'a long body',
    () => ({
      method: 'POST',
      url: at('/in/token'),
      headers: [json],
      body: Buffer.from(JSON.stringify({ fill: 'x'.repeat(90_000) })),
    }),
  ],
  [
    'a body over 1 MB',
    () => ({
      method: 'POST',
      url: at('/in/token'),
      headers: [json],
      body: Buffer.from(JSON.stringify({ fill: 'y'.repeat(1_200_000) })),
    }),
  ],
  [
    'a body in a file',
    () => {
      const bodyFile = join(mkdtempSync(join(tmpdir(), "hookbench it's ")), 'cap_1.body');
      writeFileSync(bodyFile, everyByte);
      return { method: 'PUT', url: at('/in/token'), headers: [json], body: everyByte, bodyFile };
    },
  ],
];

/** They take seconds to start: every other request is enough for what they share with the others. */
const slowPrograms = new Set<CopyForm>(['python', 'httpie']);

/** A command of this length is no argument: it is pasted into a file or a console. */
const longestArgument = 120_000;

describe.each(Object.keys(programs) as CopyForm[])('as %s', (form) => {
  const program = programs[form];
  it
    .skipIf(!program.isHere)
    .each(slowPrograms.has(form) ? requests.filter((_each, i) => i % 2 === 0) : requests)(
    `${program.name}: %s`,
    async (_name, make) => {
      const request = make();
      const made = copyAs(form, request);
      const text = 'text' in made ? made.text : Buffer.from(made.bytes).toString('latin1');
      const arrival = new Promise<Arrived>((resolve) => {
        arrive = resolve;
      });
      const isText = 'text' in made;
      const sent = form === 'raw' && isText ? Buffer.from(text).toString('latin1') : text;
      if (form !== 'raw' && sent.length > longestArgument) await runLong(form, sent);
      else await program.run(sent);
      const arrived = await arrival;
      expect(arrived.method).toBe(request.method);
      // requests and HTTPie write [ and ] of a query as %5B and %5D.
      expect(decodeURIComponent(arrived.url)).toBe(
        decodeURIComponent(request.url.slice(request.url.indexOf('/in/'))),
      );
      expect(arrived.body.equals(Buffer.from(request.body))).toBe(true);
      const own = new Set(form === 'raw' ? ['content-length'] : ['host', 'content-length']);
      for (const [name, value] of request.headers.filter(([each]) => !own.has(each.toLowerCase()))) {
        expect(arrived.headers).toContainEqual([name.toLowerCase(), value]);
      }
      const isGiven = request.headers.some(([name]) => name.toLowerCase() === 'content-type');
      if (!isGiven) expect(arrived.headers.map(([name]) => name)).not.toContain('content-type');
    },
  );
});

/** Through the standard input of the program, as a file would come. */
async function runLong(form: CopyForm, text: string): Promise<void> {
  const [program, args] =
    form === 'fetch'
      ? [process.execPath, ['--input-type=module', '-']]
      : form === 'python'
        ? ['python3', ['-']]
        : ['bash', ['-s']];
  const child = execFile(program, args);
  child.stdin?.end(text);
  await new Promise<void>((resolve, reject) =>
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    ),
  );
}
