// The entry of the utility process with a real engine: start, refusal with its code, a port, stop.
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runEngineProcess, type ShellPort } from '../../main/engine-process.ts';
import { createMessagePortChannel } from '../../main/link/message-port-channel.ts';
import { createClient } from '../../renderer/api/client.ts';
import { MessageChannelDouble, type MessagePortDouble } from '../fakes/electron-double-ports.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'hookbench-process-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** One engine process without a process: what it says, how it ends, and a way to speak to it. */
function run() {
  const line = new EventEmitter();
  const news: { t: string; code?: string; message?: string }[] = [];
  let ended: (code: number) => void = () => undefined;
  const end = new Promise<number>((resolve) => {
    ended = resolve;
  });
  const shell = Object.assign(line, {
    postMessage(message: (typeof news)[number]) {
      news.push(message);
      line.emit('news');
    },
  });
  runEngineProcess(shell as unknown as ShellPort, ended);
  return {
    end,
    say: (data: unknown, ports: MessagePortDouble[] = []) => line.emit('message', { data, ports }),
    async nextNews() {
      if (news.length === 0) await new Promise((resolve) => line.once('news', resolve));
      return news.shift();
    },
  };
}

const start = (more: object = {}) => ({ t: 'start', dataDir, receiverPort: 0, version: '1.2.3', ...more });

it('runs the engine, serves a port that came before it was ready, and stops', async () => {
  const engine = run();
  const { port1, port2 } = new MessageChannelDouble();
  engine.say(start({ vaultKey: Buffer.alloc(32, 7).toString('base64') }));
  engine.say({ t: 'attach' }, [port1]);
  expect(await engine.nextNews()).toMatchObject({ t: 'ready', receiver: { host: '127.0.0.1' } });
  const client = createClient(async () =>
    createMessagePortChannel(port2, (event) => (event as { data: unknown }).data),
  );
  expect((await client.call('status.get', {})).version).toBe('1.2.3');
  client.close();
  engine.say({ t: 'stop' });
  expect(await engine.end).toBe(0);
});

it('refuses a folder that another engine holds, by name', async () => {
  const first = run();
  first.say(start());
  await first.nextNews();
  const second = run();
  second.say(start());
  expect(await second.nextNews()).toMatchObject({ t: 'failed', code: 'folderLocked' });
  first.say({ t: 'stop' });
  expect(await first.end).toBe(0);
});

it('refuses a port that is taken, by name', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const engine = run();
  engine.say(start({ receiverPort: port }));
  expect(await engine.nextNews()).toMatchObject({ t: 'failed', code: 'portTaken' });
  other.close();
});
