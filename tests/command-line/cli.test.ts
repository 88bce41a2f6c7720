// The commands against the real program: over its socket and over its control port, with the exit codes that scripts rely on.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, type Ended, type Running, start } from '../harness/command-line.ts';
import { type Program, startProgram, testToken } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

const dataDir = newDataDir();
const here = ['--data-dir', dataDir];
const env = { TOKEN_OF_THE_TEST: 'Bearer never-printed' };
let program: Program;

function running(args: string[]): Running {
  return begin([...args, ...here], env);
}

function hookbench(args: string[], where = here): Promise<Ended> {
  return begin([...args, ...where], env).ended;
}

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true });
  program = await startProgram({ dataDir });
  for (const name of ['Newsletter', 'Twin', 'Twin']) {
    await program.api('dataSources.create', { kind: 'cloudApplication', applicationId: 'mailchimp', name });
  }
});
afterAll(async () => void (await program.kill()));

async function post(body: string): Promise<void> {
  const { dataSources } = (await program.api('dataSources.list')) as unknown as {
    dataSources: { name: string; connections: { localUrl: string }[] }[];
  };
  const url = dataSources.find(({ name }) => name === 'Newsletter')?.connections[0]?.localUrl ?? '';
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(answer.status).toBe(200);
}

describe('hookbench', () => {
  it('lists sources over the socket and, with the token, over the control port', async () => {
    const overSocket = await hookbench(['sources', '--json']);
    const overPort = await hookbench(['sources', '--json'], ['--url', program.control, '--token', testToken]);
    expect(overSocket.code).toBe(0);
    expect(JSON.parse(overSocket.stdout)).toHaveLength(3);
    expect(overPort.stdout).toBe(overSocket.stdout);
    expect(await hookbench(['sources'], ['--url', program.control, '--token', 'wrong'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('refused the token'),
    });
  });

  it('prints the webhook URL of a source, by name in any case or by id', async () => {
    const { stdout } = await hookbench(['url', 'newsletter']);
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/in\/\S+\n$/);
  });

  it('waits for the call that fits, and says with its exit code when none came', async () => {
    const waiting = hookbench([
      'wait',
      '--source',
      'newsletter',
      '--match',
      'data.email=ada@example.com',
      '--after',
      '0',
    ]);
    const type = ['--type', 'application/x-www-form-urlencoded'];
    const other = await hookbench(['send', 'newsletter', '--data', 'data[email]=grace@example.com', ...type]);
    const wanted = await hookbench(['send', 'newsletter', '--data', 'data[email]=ada@example.com', ...type]);
    expect([other.code, wanted.code]).toEqual([0, 0]);
    const { code, stdout } = await waiting;
    expect(code).toBe(0);
    expect(stdout).toContain((JSON.parse(wanted.stdout.slice(4)) as { id: string }).id);
    const none = await hookbench(['wait', '--match', 'data.email=nobody', '--timeout', '0.2', '--json']);
    expect([none.code, none.stdout]).toEqual([4, 'null\n']);
  });

  it('sends a file as it is, and fails where the call is refused', async () => {
    const file = join(dataDir, 'body.json');
    writeFileSync(file, '{"id": 12345678901234567890}');
    expect(await hookbench(['send', 'newsletter', '--file', file])).toMatchObject({ code: 0 });
    const listed = await hookbench(['captures', 'list', '--limit', '1', '--json']);
    const [capture] = JSON.parse(listed.stdout) as { id: string }[];
    expect((await hookbench(['captures', 'body', capture?.id ?? ''])).stdout).toBe(
      '{"id": 12345678901234567890}',
    );
    expect(await hookbench(['send', 'newsletter', '--data', '{broken'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^400 /),
    });
  });

  it.each<[string, string[], number, RegExp]>([
    ['a source that is not there', ['url', 'nobody'], 2, /no data source "nobody"\. List them/],
    ['a source that is mistyped', ['url', 'Newsleter'], 2, /Did you mean "Newsletter"\?/],
    ['a name that two sources have', ['url', 'twin'], 2, /2 data sources/],
    ['a capture that is not there', ['captures', 'show', 'cap_none'], 1, /does not exist/],
    [
      'a file that is not there',
      ['send', 'twin', '--file', '/nowhere/x'],
      1,
      /\/nowhere\/x cannot be read: there is no/,
    ],
    ['a folder to take in', ['captures', 'import', '/'], 1, /\/ is no file/],
    ['a mask of a header', ['captures', 'export', '--mask', '$headers.a'], 1, /masked by their names/],
    [
      'no folder for a file',
      ['captures', 'export', '--out', '/nowhere/x'],
      1,
      /\/nowhere\/x: The folder does not exist/,
    ],
  ])('says what is wrong with %s', async (_what, args, code, stderr) => {
    expect(await hookbench(args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(stderr) });
  });

  it('searches, and says where a query does not parse', async () => {
    const found = await hookbench(['captures', 'search', 'status:rejected', '--json']);
    expect(JSON.parse(found.stdout)).toMatchObject([{ outcome: 'rejected', status: 400 }]);
    expect(await hookbench(['captures', 'search', 'status:"'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/quote is not closed.*\(character \d+\)/),
    });
    const listed = await hookbench(['captures', 'list', '--query', 'status:rejected', '--json']);
    const idsOf = ({ stdout }: Ended) => (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
    expect(idsOf(listed)).toEqual(idsOf(found));
  });

  it('exports with masks, whole or not at all, and takes in what was exported', async () => {
    const out = join(dataDir, 'calls.har');
    const exported = await hookbench(['captures', 'export', '--format', 'har', '--out', out, '--json']);
    expect(exported.code).toBe(0);
    const { calls } = JSON.parse(exported.stdout) as { calls: number };
    expect(JSON.parse(readFileSync(out, 'utf8')).log.entries).toHaveLength(calls);
    expect(readFileSync(out, 'utf8')).not.toMatch(/\/in\/[\w-]{16,}/);
    const lines = await hookbench(['captures', 'export', '--query', 'status:rejected']);
    expect(lines.stdout.trimEnd().split('\n')).toHaveLength(1);
    const taken = await hookbench(['captures', 'import', out, '--json']);
    expect(JSON.parse(taken.stdout)).toMatchObject({ calls, dataSourceIds: [expect.any(String)] });
    const nowhere = await hookbench(['captures', 'export', '--out', join(dataDir, 'no', 'such', 'folder')]);
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('The folder does not exist.') });
    writeFileSync(join(dataDir, 'other.json'), '[{"id":1}]');
    expect(await hookbench(['captures', 'import', join(dataDir, 'other.json')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no call that Hookbench exported'),
    });
    expect(readdirSync(join(dataDir, 'capture-files'))).toEqual([]);
  });

  it('asserts what came: every check with what was found, and an exit code', async () => {
    const before = await hookbench(['captures', 'list', '--limit', '1', '--json']);
    const after = String((JSON.parse(before.stdout) as { sequence: number }[])[0]?.sequence ?? 0);
    const since = ['--source', 'newsletter', '--after', after];
    const later = hookbench(['assert', ...since, '--count', '2', '--timeout', '20']);
    for (const id of ['9007199254740993', '9007199254740994']) {
      await post(`{"id": ${id}, "type": "subscribe"}`);
    }
    expect(await later).toMatchObject({ code: 0, stdout: 'holds  count 2: 2 calls\n' });
    const good = ['--every', 'type=subscribe', '--none', 'id=1', '--unique', 'id', '--ascending', 'id'];
    expect((await hookbench(['assert', ...since, ...good, '--answered-within', '5000'])).code).toBe(0);
    const wrong = await hookbench(['assert', ...since, '--min', '3', '--some', 'type=cleaned', '--json']);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({
      held: false,
      calls: 2,
      checks: [
        { check: 'min 3', held: false, found: '2 calls' },
        { check: 'some type=cleaned', held: false, found: '0 of 2 calls' },
      ],
    });
    expect(await hookbench(['assert', ...since])).toMatchObject({ code: 2 });
  });

  it('replays a call to the receiver, its mapping or a URL, and shows the answers', async () => {
    await post('{"id": 1}');
    const [call] = JSON.parse(
      (await hookbench(['captures', 'list', '--outcome', 'accepted', '--limit', '1', '--json'])).stdout,
    );
    const again = await hookbench(['replay', call.id, '--repeat', '2', '--json']);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      job: { state: 'done', total: 2, done: 2, failed: 0 },
      attempts: [{ status: 200, captureId: call.id }, { status: 200 }],
    });
    const dead = await hookbench(['replay', call.id, '--to', 'http://127.0.0.1:9/hook']);
    expect(dead).toMatchObject({ code: 1, stdout: expect.stringContaining('1 failed') });
    expect(await hookbench(['replay'])).toMatchObject({ code: 2 });
    expect(await hookbench(['replay', call.id, '--source', 'newsletter'])).toMatchObject({ code: 2 });
  });

  it('passes new calls on until it has enough, prints each answer, and leaves no rule behind', async () => {
    const arrived: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        arrived.push(`${request.headers['x-environment']} ${request.headers.authorization} ${body}`);
        response.writeHead(201).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    try {
      const args = ['--source', 'newsletter', '--to', to, '--header', 'X-Environment: development'];
      args.push('--secret-header', 'Authorization=TOKEN_OF_THE_TEST');
      const passing = running(['forward', ...args, '--calls', '2']);
      await passing.begun;
      await post('{"id": 12345678901234567890}');
      await post('{"id": 2 }');
      const passed = await passing.ended;
      expect(passed.code).toBe(0);
      expect(passed.stdout.match(/ 201 /g)).toHaveLength(2);
      expect(arrived.sort()).toEqual([
        'development Bearer never-printed {"id": 12345678901234567890}',
        'development Bearer never-printed {"id": 2 }',
      ]);
      expect(passed.stdout + passed.stderr).not.toContain('never-printed');
      expect(
        await hookbench(['forward', '--to', to, '--secret-header', 'Authorization=NOT_SET']),
      ).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('There is no environment variable NOT_SET.'),
      });
      expect((await hookbench(['forward', 'list', '--json'])).stdout).toBe('[]\n');
    } finally {
      server.close();
    }
  });

  it('fires a sample by its name, and says when there is none', async () => {
    const [call] = JSON.parse(
      (await hookbench(['captures', 'list', '--outcome', 'accepted', '--limit', '1', '--json'])).stdout,
    );
    await program.api('samples.save', { captureId: call.id, name: 'A subscriber' });
    const source = String(call.dataSourceId);
    const fired = await hookbench(['send', source, '--sample', 'a subscriber', '--json']);
    expect(fired.code).toBe(0);
    expect(JSON.parse(fired.stdout)).toMatchObject({
      job: { kind: 'sample', failed: 0 },
      attempt: { status: 200 },
    });
    expect(await hookbench(['send', source, '--sample', 'Nothing'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no sample named "Nothing"'),
    });
  });

  it('ends what it passes on at Ctrl+C, and says what is wrong with a rule', async () => {
    const ended = running(['forward', '--to', 'http://127.0.0.1:9/hook']);
    await ended.begun;
    ended.interrupt();
    expect(await ended.ended).toMatchObject({ code: 0 });
    expect((await hookbench(['forward', 'list', '--json'])).stdout).toBe('[]\n');
    const killed = await start(['forward', '--to', 'http://127.0.0.1:9/hook', ...here], (child) =>
      child.kill('SIGKILL'),
    );
    expect(killed).toMatchObject({ code: null, stdout: expect.stringContaining('New calls go to') });
    await expect.poll(() => program.api('forwards.list')).toEqual({ rules: [] });
    const losing = running(['forward', '--to', 'http://127.0.0.1:9/hook']);
    await losing.begun;
    const { rules } = (await program.api('forwards.list')) as unknown as { rules: { id: string }[] };
    await program.api('forwards.delete', { id: rules[0]?.id });
    expect(await losing.ended).toMatchObject({
      code: 1,
      stderr: 'This rule was deleted by another program. New calls are not passed on any more.\n',
    });
    expect(await hookbench(['forward'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--to') });
    const bad = await hookbench(['forward', 'add', '--to', 'ftp://nowhere', '--name', 'Bad']);
    expect(bad).toMatchObject({ code: 1, stdout: '' });
    expect(await hookbench(['forward', 'pause', 'Nobody'])).toMatchObject({ code: 2 });
  });
});
