// Every line of docs/cli.md that a reader would type, in order, against the real program. `cap_…` stands for a call that is there.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, type Ended, entry } from '../harness/command-line.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

const document = readFileSync(fileURLToPath(new URL('../../docs/cli.md', import.meta.url)), 'utf8');
const lines = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line.trim() !== ''),
);

const hasCurl = spawnSync('curl', ['--version']).status === 0;

const folder = newDataDir();
const dataDir = join(folder, 'data');
let program: Program;
let captureId = '';

beforeAll(async () => {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(folder, 'order.json'), '{"id": 7, "title": "Tea"}');
  program = await startProgram({ dataDir });
  await program.api('dataSources.create', {
    kind: 'cloudApplication',
    applicationId: 'mailchimp',
    name: 'Newsletter',
  });
  const created = (await program.api('dataSources.create', {
    kind: 'custom',
    name: 'Web shop',
  })) as unknown as {
    dataSource: { connections: { localUrl: string }[] };
  };
  const url = created.dataSource.connections[0]?.localUrl ?? '';
  const answer = await fetch(url, {
    method: 'POST',
    body: '{"id":1}',
    headers: { 'content-type': 'application/json' },
  });
  captureId = ((await answer.json()) as { id: string }).id;
  await program.api('samples.save', { captureId, name: 'A new order' });
});
afterAll(async () => void (await program.kill()));

/**
 * A line as a reader types it, with the words that a shell makes of it. What needs more of the shell (another program, a pipe, a file) is
 * run there whole, with the program as a process.
 */
async function type(line: string): Promise<Ended> {
  const typed = line.replaceAll('cap_…', captureId);
  const isPlain = /^npx hookbench ('[^']*'|"[^"$`]*"|[^'"|<>;&$`])+$/.test(typed);
  if (!isPlain) {
    return inShell(
      `npx() { shift; "${process.execPath}" "${entry}" "$@" --data-dir "${dataDir}"; }\n${typed}`,
    );
  }
  const words = await inShell(`npx() { shift; printf '%s\\n' "$@"; }\n${typed}`);
  const args = words.stdout.trimEnd().split('\n');
  // Files lie in the folder that the shell would be in.
  for (const at of [args.indexOf('--out') + 1, args.indexOf('--file') + 1, args[1] === 'import' ? 2 : 0]) {
    if (at > 0) args[at] = join(folder, args[at] ?? '');
  }
  return await begin([...args, '--data-dir', dataDir]).ended;
}

function inShell(script: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe.skipIf(process.platform === 'win32')('docs/cli.md', () => {
  it('has examples of every command', () => {
    const named = new Set(
      lines.flatMap((line) => [...line.matchAll(/hookbench (\w+)/g)].map(([, name]) => name)),
    );
    for (const name of [
      'sources',
      'url',
      'captures',
      'items',
      'wait',
      'assert',
      'send',
      'replay',
      'forward',
      'tunnel',
    ]) {
      expect(named).toContain(name);
    }
  });

  it.each(lines.filter((line) => hasCurl || !line.startsWith('curl')))('%s', async (line) => {
    expect(await type(line)).toMatchObject({
      code: 0,
      stderr: line.startsWith('curl') ? expect.any(String) : '',
    });
  });
});
