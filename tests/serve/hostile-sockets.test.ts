// What a socket may do to the real program without ending it: each spec goes on to ask whether it still answers.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Program, startProgram } from '../harness/program.ts';
import { newDataDir } from '../harness/test-engine.ts';

let program: Program;
beforeAll(async () => {
  program = await startProgram({ dataDir: newDataDir() });
});
afterAll(async () => void (await program.kill()));

const times = 50;

/** Sends the text and resets the connection before the answer can be written. */
function sendAndReset(url: string, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => socket.write(text, () => socket.resetAndDestroy()));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

async function expectAlive(): Promise<void> {
  expect(await program.api('status.get')).toMatchObject({ receiver: { url: program.receiver } });
  expect((await fetch(`${program.receiver}/none`)).status).toBe(404);
}

describe('the program lives on', () => {
  it('when senders reset after CONNECT at the receiver', async () => {
    const request = 'CONNECT example.com:443 HTTP/1.1\r\nHost: localhost\r\n\r\n';
    for (let count = 0; count < times; count += 1) await sendAndReset(program.receiver, request);
    await expectAlive();
  });

  it.each(['receiver', 'control'] as const)('when clients reset after an upgrade at the %s', async (door) => {
    const request =
      'GET /link HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    for (let count = 0; count < times; count += 1) await sendAndReset(program[door], request);
    await expectAlive();
  });

  it('when a page sends a frame that is too large or none at all', async () => {
    const token = new URL(program.url).hash.slice('#launch='.length);
    const session = await fetch(`${program.control}/session`, {
      method: 'POST',
      body: JSON.stringify({ token }),
    });
    const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const open = async () => {
      const socket = new WebSocket(`${program.control.replace('http', 'ws')}/link`, {
        headers: { cookie, origin: program.control },
      });
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('open', resolve));
      return { socket, closed: new Promise<number>((resolve) => socket.once('close', resolve)) };
    };
    const large = await open();
    large.socket.send('x'.repeat(33 * 1024 * 1024));
    expect(await large.closed).toBe(1009);
    const broken = await open();
    // A frame of an unknown kind, past the library that would refuse to send it.
    (broken.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(
      Buffer.from([0x8f, 0x80, 0, 0, 0, 0]),
    );
    expect(await broken.closed).toBe(1002);
    await expectAlive();
  });
});
