// The command line against the real program: over its socket and over its control port, with the exit codes that scripts rely on.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableText, visible } from '../../main/command-line/print-table.ts';
import { type Program, startProgram, testToken } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

const entry = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));
const dataDir = newDataDir();
let program: Program;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function hookbench(args: string[], where = ['--data-dir', dataDir]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, ...args, ...where], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      ended.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      ended.stderr += chunk.toString();
    });
    child.once('close', (code) => resolve({ ...ended, code }));
  });
}

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true });
  program = await startProgram({ dataDir });
  for (const name of ['Newsletter', 'Twin', 'Twin']) {
    await program.api('dataSources.create', { kind: 'cloudApplication', applicationId: 'mailchimp', name });
  }
});
afterAll(async () => void (await program.kill()));

describe('hookbench', () => {
  it('lists sources over the socket and, with the token, over the control port', async () => {
    const overSocket = await hookbench(['sources', '--json']);
    const overPort = await hookbench(['sources', '--json'], ['--url', program.control, '--token', testToken]);
    expect(overSocket.code).toBe(0);
    expect(JSON.parse(overSocket.stdout)).toHaveLength(3);
    expect(overPort.stdout).toBe(overSocket.stdout);
    expect(await hookbench(['sources'], ['--url', program.control, '--token', 'wrong'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Bearer'),
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
    ['an unknown command', ['bogus'], 2, /no command "bogus"/],
    ['an unknown flag', ['sources', '--nope'], 2, /--nope/],
    ['a source that is not there', ['url', 'nobody'], 2, /no data source "nobody"/],
    ['a name that two sources have', ['url', 'twin'], 2, /2 data sources/],
    ['a match without a path', ['wait', '--match', 'x'], 2, /<path>=<text>/],
    ['a capture that is not there', ['captures', 'show', 'cap_none'], 1, /does not exist/],
  ])('says what is wrong with %s', async (_what, args, code, stderr) => {
    expect(await hookbench(args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(stderr) });
  });

  it('says where it looked when no Hookbench answers', async () => {
    const empty = newDataDir();
    expect(await hookbench(['sources'], ['--data-dir', empty])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(empty),
    });
  });

  it('explains itself', async () => {
    const { code, stdout } = await hookbench(['--help'], []);
    expect(code).toBe(0);
    for (const command of ['serve', 'sources', 'url', 'captures', 'items', 'wait', 'send', 'tunnel']) {
      expect(stdout).toContain(`hookbench ${command}`);
    }
  });
});

describe('tables', () => {
  it('keep payloads from reaching the terminal as commands', () => {
    expect(visible('a\u001b[31mred\u202e\n')).toBe('a[U+001B][31mred[U+202E][U+000A]');
    expect(tableText(['A'], [['x\ty']], '')).toBe('A\nx[U+0009]y\n');
    expect(tableText(['A'], [], 'Nothing.')).toBe('Nothing.\n');
  });
});
