// Where the process itself matters: signals, what reads the output, an old Node, a Hookbench that ends.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputTo } from '../../main/command-line/output.ts';
import { begin, entry, start } from '../harness/command-line.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

const dataDir = newDataDir();
const here = ['--data-dir', dataDir];
const hostile = '{"id": 1, "title": "red \u009b31m \u202e"}';
let program: Program;
let captureId: string;

beforeAll(async () => {
  program = await startProgram({ dataDir });
  const created = (await program.api('dataSources.create', { kind: 'custom', name: 'Shop' })) as unknown as {
    dataSource: { connections: { localUrl: string }[] };
  };
  const url = created.dataSource.connections[0]?.localUrl ?? '';
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', body: hostile, headers });
  captureId = ((await answer.json()) as { id: string }).id;
});
afterAll(async () => await program.kill());

/** In a shell, with `hookbench` in it. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  const script = `hookbench() { "${process.execPath}" "${entry}" "$@" --data-dir "${dataDir}"; }\n${line}`;
  return spawnSync('bash', ['-c', script], { encoding: 'utf8' });
}

async function portOf(server: Server | ReturnType<typeof createSocketServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** What a call waits at: it is asked and never answers, and knows when who asked has left. */
async function silentEngine() {
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    asked.resolve();
    response.once('close', () => {
      server.close();
      left.resolve();
    });
  });
  return { url: `http://127.0.0.1:${await portOf(server)}`, asked: asked.promise, left: left.promise };
}

describe.skipIf(process.platform === 'win32')('the program', () => {
  it('ends at Ctrl+C and at SIGTERM while it waits, with the exit codes of shells', async () => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const silent = await silentEngine();
      const child = spawn(process.execPath, [entry, 'wait', '--url', silent.url]);
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      await silent.asked;
      child.kill(signal);
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(code);
      expect(stderr).toBe('Ended before it was done.\n');
      await silent.left;
    }
  });

  it('says nothing when what reads its output has enough, and that it could not write', () => {
    const closed = shell('set -o pipefail; hookbench captures export | true');
    expect(closed).toMatchObject({ status: 141, stderr: '' });
    for (const command of ['captures list', '--help']) {
      expect(shell(`hookbench ${command} > /dev/full`)).toMatchObject({
        status: 1,
        stderr: 'The output cannot be written: no space is left (ENOSPC).\n',
      });
    }
    expect(shell('hookbench bogus 2> /dev/full')).toMatchObject({ status: 2, stdout: '' });
  });

  it('leaves nothing of a file that the disk does not take, and keeps what was there', async () => {
    const { dataSources } = (await program.api('dataSources.list')) as unknown as {
      dataSources: { connections: { localUrl: string }[] }[];
    };
    const url = dataSources[0]?.connections[0]?.localUrl ?? '';
    await fetch(url, { method: 'POST', body: `{"id": 2, "title": "${'x'.repeat(100_000)}"}` });
    const out = join(newDataDir(), 'calls.ndjson');
    writeFileSync(out, 'earlier');
    // No file may grow beyond 8 blocks: a real refusal in the middle of it.
    expect(shell(`ulimit -f 8; hookbench captures export --out "${out}"`)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `${out}: The file is larger than this disk or its limits take. Nothing was kept of the file. Choose another disk, or export fewer.\n`,
    });
    expect(readdirSync(dirname(out))).toEqual(['calls.ndjson']);
    expect(readFileSync(out, 'utf8')).toBe('earlier');
  });

  it('gives a body to a pipe as it came, and in JSON with what a terminal obeys escaped', async () => {
    expect((await start(['captures', 'body', captureId, ...here])).stdout).toBe(hostile);
    for (const args of [['captures', 'show', captureId], ['captures', 'list', '--json'], ['sources']]) {
      expect((await begin([...args, ...here]).ended).stdout).not.toMatch(/[\u009b\u202e]/);
    }
  });

  it('says how serve is typed', async () => {
    expect((await start(['serve', '--help'])).stdout).toMatch(
      /^Usage: hookbench serve [\s\S]*--receiver-port <port>/,
    );
    expect(await start(['serve', '--control-prt', '1'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^hookbench serve has no flag --control-prt\. Did you mean --control-port\?/,
      ),
    });
  });

  it('starts on the Node that came along where the own one is too old, and passes on its exit code and signals', async () => {
    const old = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`;
    const run = (args: string[]) => spawn(process.execPath, ['--import', old, entry, ...args]);
    const ended = (child: ReturnType<typeof run>) => new Promise((resolve) => child.once('close', resolve));
    expect(await ended(run(['bogus']))).toBe(2);
    const silent = await silentEngine();
    const child = run(['wait', '--url', silent.url]);
    await silent.asked;
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(143);
    await silent.left;
  });
});

describe('what answers', () => {
  it('is told apart from a Hookbench where it is none, or ends', async () => {
    const other = createServer((_request, response) => response.end('{"dataSources": 1}'));
    const cutting = createSocketServer((socket) => socket.once('data', () => socket.destroy()));
    for (const [server, stderr] of [
      [other, 'is not this version of Hookbench (status 200)'],
      [cutting, 'Hookbench ended before it answered'],
    ] as const) {
      const url = `http://127.0.0.1:${await portOf(server)}`;
      expect(await begin(['sources', '--url', url]).ended).toMatchObject({
        code: 3,
        stdout: '',
        stderr: expect.stringContaining(stderr),
      });
      server.close();
    }
    expect(await begin(['sources', '--url', program.receiver]).ended).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('--url takes its control address'),
    });
    expect(await begin(['sources', '--url', program.control]).ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('needs a token'),
    });
  });

  it('is served by the command line itself, and nobody where that was killed', async () => {
    const killedDir = newDataDir();
    const killed = await startProgram({ dataDir: killedDir, program: [entry, 'serve'] });
    expect(await begin(['sources', '--data-dir', killedDir, '--json']).ended).toMatchObject({
      code: 0,
      stdout: '[]\n',
    });
    await killed.kill();
    expect(await begin(['sources', '--data-dir', killedDir]).ended).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`No Hookbench answers for the data folder ${killedDir}`),
    });
  });
});

describe('a terminal', () => {
  it('is shown control characters by their names, also of a body', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
    const output = outputTo(stream as unknown as NodeJS.WriteStream);
    await output.write(Buffer.from(`a\u001b[31m\t${hostile}\n`));
    expect(String(stream.read())).toBe('a[U+001B][31m\t{"id": 1, "title": "red [U+009B]31m [U+202E]"}\n');
    expect(output.columns).toBe(40);
  });
});
