// Imitations of cloudflared and ngrok, written by us after the formats that their sources and documents show; not the programs. Each is
// a real executable in a folder of its own, which plays one scene: prints what the real one prints, and for a scene that works it opens
// a small public side on loopback that passes calls on to the port that it was given. They append what they were started with to `calls.txt`.
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Scene =
  /** Comes up and stays. */
  | 'works'
  /** Comes up, ends by itself at the first call after the first that came through. */
  | 'crashesLater'
  | 'crashes'
  /** Comes up among 20 MB of noise that goes on. */
  | 'floods'
  | 'rubbish'
  | 'silent'
  /** Heeds no polite end. */
  | 'stubborn'
  | 'noToken'
  | 'tooMany';

export interface FakeProgram {
  readonly path: string;
  readonly folder: string;
  /** The arguments of each start that was no question for the version. */
  starts(): string[][];
  /** The environment of the last start. */
  environment(): Record<string, string>;
  /** The processes that were started, first one first. */
  pids(): number[];
}

/**
 * ngrok tells the address of its public side, http://127.0.0.1:<port>; cloudflared tells https://quiet-river-<port>.trycloudflare.com, which
 * a test leads to 127.0.0.1:<port>.
 */
export function writeFakeProgram(name: 'cloudflared' | 'ngrok', scene: Scene): FakeProgram {
  const folder = mkdtempSync(join(tmpdir(), `hookbench-fake-${name}-`));
  const path = join(folder, name);
  const script = `#!${process.execPath}
const scene = ${JSON.stringify(scene)};
const name = ${JSON.stringify(name)};
const folder = ${JSON.stringify(folder)};
${body}`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  const read = (file: string): string[] => {
    try {
      return readFileSync(join(folder, file), 'utf8').trim().split('\n').filter(Boolean);
    } catch {
      return [];
    }
  };
  return {
    path,
    folder,
    starts: () => read('calls.txt').map((line) => JSON.parse(line) as string[]),
    environment: () => JSON.parse(read('environment.txt').at(-1) ?? '{}') as Record<string, string>,
    pids: () => read('pids.txt').map(Number),
  };
}

// A CommonJS program, because it has no file ending.
const body = `
const fs = require('node:fs');
const http = require('node:http');
const given = process.argv.slice(2);
if (given[0] === '--version' || given[0] === 'version') {
  if (scene === 'rubbish') process.stdout.write('\\u0000\\u0001 who knows\\n');
  else process.stdout.write(name === 'ngrok' ? 'ngrok version 3.22.1\\n' : 'cloudflared version 2026.9.0 (built 2026-09-03-1201 UTC)\\n');
  process.exit(0);
}
fs.appendFileSync(folder + '/calls.txt', JSON.stringify(given) + '\\n');
fs.appendFileSync(folder + '/pids.txt', process.pid + '\\n');
fs.writeFileSync(folder + '/environment.txt', JSON.stringify(process.env) + '\\n');

const log = (line) => (name === 'ngrok' ? process.stdout : process.stderr).write(line + '\\n');
const at = () => new Date().toISOString().replace(/\\.\\d+/, '');
const inf = (text) => log(at() + ' INF ' + text);
const json = (value) => log(JSON.stringify({ t: at(), lvl: 'info', ...value }));
const port = Number(/127\\.0\\.0\\.1:(\\d+)/.exec(given.join(' '))[1]);

function end(code, lines) {
  for (const line of lines) process.stderr.write(line + '\\n');
  process.exitCode = code;
}

function comeUp(then) {
  let calls = 0;
  const server = http.createServer((call, answer) => {
    calls += 1;
    if (scene === 'crashesLater' && calls > 1) process.exit(7);
    const on = http.request(
      { host: '127.0.0.1', port, method: call.method, path: call.url, headers: call.headers },
      (back) => { answer.writeHead(back.statusCode, back.rawHeaders); back.pipe(answer); },
    );
    on.on('error', () => answer.writeHead(502).end());
    call.pipe(on);
  }).listen(0, '127.0.0.1', () => then(server.address().port));
}

function introduce(publicPort) {
  const url = name === 'ngrok' ? 'http://127.0.0.1:' + publicPort : 'https://quiet-river-' + publicPort + '.trycloudflare.com';
  if (name === 'ngrok') {
    json({ msg: 'no configuration paths supplied' });
    json({ msg: 'starting web service', obj: 'web', addr: '127.0.0.1:4040', allow_hosts: null });
    json({ msg: 'client session established', obj: 'tunnels.session' });
    json({ msg: 'started tunnel', obj: 'tunnels', name: 'command_line', addr: 'http://127.0.0.1:' + port, url });
    return;
  }
  inf('Thank you for trying Cloudflare Tunnel. (https://www.cloudflare.com/website-terms/)');
  inf('Requesting new quick Tunnel on trycloudflare.com...');
  inf('+--------------------------------------------------------------------------------------------+');
  inf('|  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |');
  inf('|  ' + url + '  |');
  inf('+--------------------------------------------------------------------------------------------+');
  inf('Initial protocol quic');
  inf('Registered tunnel connection connIndex=0 connection=3f1c event=0 ip=198.41.192.7 location=fra08 protocol=quic');
}

const scenes = {
  works: () => comeUp(introduce),
  crashesLater: () => comeUp(introduce),
  stubborn() { process.on('SIGTERM', () => {}); comeUp(introduce); },
  crashes: () => end(1, name === 'ngrok'
    ? ['ERROR:  failed to start tunnel: something broke']
    : [at() + ' ERR Failed to dial a quic connection error="timeout"', 'something broke']),
  silent: () => setInterval(() => {}, 1000),
  rubbish() {
    process.stdout.write(Buffer.from([0, 255, 254, 10, 123, 34, 10, 27, 91, 51, 49, 109]));
    process.stderr.write('{"msg":"started tunnel","url":7}\\n{"msg":"started tunnel","url":"javascript:alert(1)"}\\n');
    process.stderr.write('https://api.trycloudflare.com https://trycloudflare.com.evil.example\\n');
    process.stderr.write('x'.repeat(300000));
    setInterval(() => {}, 1000);
  },
  floods() {
    const noise = ('noise '.repeat(100) + '\\n').repeat(400);
    const more = () => { while (process.stdout.write(noise)); };
    process.stdout.on('drain', more);
    comeUp((publicPort) => { introduce(publicPort); more(); });
  },
  noToken: () => end(1, [
    'ERROR:  authentication failed: Usage of ngrok requires a verified account and authtoken.',
    'ERROR:  Your authtoken: 2secretsecretsecret',
    'ERROR:',
    'ERROR:  ERR_NGROK_4018',
    'ERROR:  https://ngrok.com/docs/errors/err_ngrok_4018',
  ]),
  tooMany: () => end(1, [
    at() + ' ERR Error unmarshaling QuickTunnel response: error code: 1015 error="invalid character" status_code="429 Too Many Requests"',
    'failed to unmarshal quick Tunnel: invalid character',
  ]),
};
scenes[scene]();
`;
