// One suite over all wires: whatever the transport, the same calls, events, cancels and losses.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Channel, type EventName, ProblemError } from '#contract';
import { localSocketPath } from '../../main/link/local-socket.ts';
import { createMemoryChannels } from '../../main/link/memory-channel.ts';
import { createMessagePortChannel } from '../../main/link/message-port-channel.ts';
import { type Dispatcher, serveChannel } from '../../main/link/serve-channel.ts';
import { createWebSocketChannel } from '../../main/link/web-socket-channel.ts';
import { type Client, createClient } from '../../renderer/api/client.ts';

interface Wire {
  /** Makes a client channel; its other end is served by the engine. */
  open(): Promise<Channel>;
  /** Breaks all that are open, as a crash of the engine would. */
  breakAll(): void;
  stop(): Promise<void>;
}

function memoryWire(engine: Dispatcher): Wire {
  const ends = new Set<Channel>();
  return {
    async open() {
      const [client, served] = createMemoryChannels();
      ends.add(served);
      serveChannel(served, engine);
      return client;
    },
    breakAll: () => ends.forEach((end) => void end.close()),
    stop: async () => undefined,
  };
}

function messagePortWire(engine: Dispatcher): Wire {
  const ends = new Set<Channel>();
  return {
    async open() {
      const { port1, port2 } = new MessageChannel();
      const served = createMessagePortChannel(port2);
      ends.add(served);
      serveChannel(served, engine);
      return createMessagePortChannel(port1);
    },
    breakAll: () => ends.forEach((end) => void end.close()),
    stop: async () => ends.forEach((end) => void end.close()),
  };
}

async function webSocketWire(engine: Dispatcher): Promise<Wire> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => serveChannel(createWebSocketChannel(socket), engine));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    async open() {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return createWebSocketChannel(socket);
    },
    breakAll: () => sockets.clients.forEach((socket) => void socket.terminate()),
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** An engine that answers what the test tells it to. */
function createEngineDouble() {
  const listeners = new Set<(event: EventName, data: unknown) => void>();
  const received: { call: string; input: unknown; signal: AbortSignal }[] = [];
  let reply: (call: string, input: unknown) => Promise<unknown> = async (_call, input) => input;
  const engine: Dispatcher = {
    version: '1.2.3',
    async dispatch(call, input, signal) {
      received.push({ call, input, signal });
      try {
        return { output: await reply(call, input) };
      } catch (error) {
        if (error instanceof ProblemError) return { problem: error.problem };
        throw error;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    engine,
    received,
    listeners,
    tell: (event: EventName, data: unknown) => listeners.forEach((listener) => void listener(event, data)),
    replyWith: (next: typeof reply) => {
      reply = next;
    },
  };
}

const wires: Record<string, (engine: Dispatcher) => Wire | Promise<Wire>> = {
  memory: memoryWire,
  MessagePort: messagePortWire,
  WebSocket: webSocketWire,
};

describe.each(Object.keys(wires))('the link over %s', (name) => {
  let wire: Wire;
  let client: Client;

  async function start() {
    const double = createEngineDouble();
    wire = (await wires[name]?.(double.engine)) as Wire;
    client = createClient(wire.open);
    await until(client, 'open');
    return double;
  }

  afterEach(async () => {
    client.close();
    await wire.stop();
  });

  it('carries input and output unchanged', async () => {
    const double = await start();
    double.replyWith(async (_call, input) => ({ dataSource: { echoed: input } }));
    const name = 'Ünïcode ‮ \u0000 "quoted" 12345678901234567890';
    const output = await client.call('dataSources.get', { id: name });
    expect(output).toEqual({ dataSource: { echoed: { id: name } } });
    expect(double.received.map(({ call }) => call)).toEqual(['dataSources.get']);
  });

  it('turns a problem into a ProblemError with all its parts', async () => {
    const double = await start();
    double.replyWith(async () => {
      throw new ProblemError('dataSource.missing', 'It is gone.', { path: 'id', retry: true });
    });
    const error = await client.call('dataSources.get', { id: 'x' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toEqual({
      code: 'dataSource.missing',
      message: 'It is gone.',
      path: 'id',
      retry: true,
    });
  });

  it('answers many calls each with its own output, whatever their order', async () => {
    const double = await start();
    const parked: (() => void)[] = [];
    double.replyWith(async (_call, input) => {
      await new Promise<void>((resolve) => parked.push(resolve));
      return input;
    });
    const calls = ['a', 'b', 'c'].map((id) => client.call('dataSources.get', { id }));
    await expect.poll(() => parked.length).toBe(3);
    for (const release of parked.reverse()) release();
    expect(await Promise.all(calls)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
  });

  it('passes events on, and none after the listener was taken away', async () => {
    const double = await start();
    const seen: unknown[] = [];
    const off = client.on('dataSources.changed', (data) => seen.push(data));
    double.tell('dataSources.changed', { id: 'one' });
    await expect.poll(() => seen).toEqual([{ id: 'one' }]);
    off();
    double.tell('dataSources.changed', { id: 'two' });
    await client.call('status.get', {});
    expect(seen).toEqual([{ id: 'one' }]);
  });

  it('tells the engine when a call is cancelled', async () => {
    const double = await start();
    double.replyWith(() => new Promise(() => undefined));
    const controller = new AbortController();
    const call = client.call('status.get', {}, { signal: controller.signal });
    await expect.poll(() => double.received.length).toBe(1);
    controller.abort();
    await expect(call).rejects.toThrow('cancelled');
    await expect.poll(() => double.received[0]?.signal.aborted).toBe(true);
  });

  it('repeats reads after a loss, and tells the caller of a write that its fate is not known', async () => {
    const double = await start();
    double.replyWith(() => new Promise(() => undefined));
    const read = client.call('dataSources.get', { id: 'again' });
    const write = client.call('dataSources.create', { kind: 'custom', name: 'once' });
    const lost = expect(write).rejects.toMatchObject({ problem: { code: 'link.closed', retry: true } });
    await expect.poll(() => double.received.length).toBe(2);
    double.replyWith(async (_call, input) => input);
    wire.breakAll();
    await lost;
    expect(await read).toEqual({ id: 'again' });
    expect(double.received.map(({ call }) => call)).toEqual([
      'dataSources.get',
      'dataSources.create',
      'dataSources.get',
    ]);
  });

  it('ends subscriptions and aborts calls when the client goes away', async () => {
    const double = await start();
    double.replyWith(() => new Promise(() => undefined));
    const call = client.call('status.get', {}).catch((error: unknown) => error);
    await expect.poll(() => double.received.length).toBe(1);
    client.close();
    expect(await call).toMatchObject({ problem: { code: 'link.closed' } });
    await expect.poll(() => double.received[0]?.signal.aborted).toBe(true);
    await expect.poll(() => double.listeners.size).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('the path of the local socket', () => {
  it('is the same for a relative and an absolute data folder', () => {
    const long = 'a'.repeat(120);
    expect(localSocketPath(long)).toBe(localSocketPath(join(process.cwd(), long)));
    expect(localSocketPath('data')).toBe(join(process.cwd(), 'data', 'hookbench.sock'));
  });
});

describe('a hostile client', () => {
  it('is cut off when it sends what is no message', async () => {
    const double = createEngineDouble();
    const [client, served] = createMemoryChannels();
    serveChannel(served, double.engine);
    const closed = new Promise<void>((resolve) => client.onClose(resolve));
    client.send({ t: 'call', id: 'not a number', call: 5 });
    await closed;
    expect(double.received).toEqual([]);
  });
});

function until(client: Client, state: string): Promise<void> {
  return new Promise((resolve) => {
    if (client.state() === state) resolve();
    else client.onState((next) => next === state && resolve());
  });
}
