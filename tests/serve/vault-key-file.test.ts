// The key file of the serve host: made once, private, never replaced; secrets survive a restart with it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog } from '../../main/log/log.ts';
import { readOrMakeVaultKey } from '../../main/vault-key-file.ts';
import { startProgram } from '../harness/program.ts';

const newFolder = () => join(mkdtempSync(join(tmpdir(), 'hookbench-vault-')), 'data');
const lines: string[] = [];
const log = createLog((line) => lines.push(line));

it('is made at the first start, for this user only, and read at the next ones', () => {
  const folder = newFolder();
  const key = readOrMakeVaultKey(folder, log);
  expect(key).toHaveLength(32);
  expect(statSync(join(folder, 'vault-key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['vault-key']);
  expect(readOrMakeVaultKey(folder, log)).toEqual(key);
});

it('is never replaced where it is damaged, and its content is in no log', () => {
  const folder = newFolder();
  readOrMakeVaultKey(folder, log);
  const file = join(folder, 'vault-key');
  writeFileSync(file, 'c2hvcnQ=');
  expect(readOrMakeVaultKey(folder, log)).toBeUndefined();
  expect(readFileSync(file, 'utf8')).toBe('c2hvcnQ=');
  expect(lines.at(-1)).toContain('could not be read');
  expect(lines.join('')).not.toContain('c2hvcnQ');
});

it('lets secrets survive a kill of the program', async () => {
  const dataDir = newFolder();
  const first = await startProgram({ dataDir });
  const { dataSource } = (await first.api('dataSources.create', {
    kind: 'cloudApplication',
    applicationId: 'gitlab',
    name: 'Code',
  })) as unknown as { dataSource: { connections: { id: string; inboundUrl: string }[] } };
  const [connection] = dataSource.connections;
  if (!connection) throw new Error('no connection');
  await first.api('connections.setSecret', { id: connection.id, secret: 'token-of-gitlab' });
  await first.kill();
  expect(existsSync(join(dataDir, 'vault-key'))).toBe(true);

  const receiverPort = Number(new URL(connection.inboundUrl).port);
  const second = await startProgram({ dataDir, receiverPort });
  const send = (token: string) =>
    fetch(connection.inboundUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-gitlab-token': token },
      body: '{"id":1}',
    });
  expect((await send('token-of-gitlab')).status).toBe(200);
  expect((await send('another')).status).toBe(401);
  for (const file of readdirSync(dataDir))
    if (file.endsWith('.log'))
      expect(readFileSync(join(dataDir, file), 'utf8')).not.toContain('token-of-gitlab');
  await second.stop();
}, 30_000);
