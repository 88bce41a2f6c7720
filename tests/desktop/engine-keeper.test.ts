// How the engine is kept alive: start, port hand-over, restart policy, giving up, stop. A clock of our own, a child whose
// words and end the test decides.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEngineKeeper, type EngineChild, restartDelay } from '../../main/desktop/engine-keeper.ts';
import { createLog } from '../../main/log/log.ts';
import { MessageChannelDouble, type MessagePortDouble } from '../fakes/electron-double-ports.ts';
import { ScriptedChild } from '../fakes/electron-double-utility-process.ts';

const ready = { t: 'ready', receiver: { host: '127.0.0.1', port: 4870, url: 'http://127.0.0.1:4870' } };
const startMessage = { t: 'start', dataDir: '/data', receiverPort: 0, version: '1.0.0' } as const;

function keep() {
  const children: ScriptedChild[] = [];
  const dropped: MessagePortDouble[] = [];
  const states: string[] = [];
  const keeper = createEngineKeeper<MessagePortDouble>({
    fork() {
      const child = new ScriptedChild('engine-process.js', {});
      children.push(child);
      return child as EngineChild<MessagePortDouble>;
    },
    startMessage: async () => startMessage,
    drop(port) {
      dropped.push(port);
      port.close();
    },
    log: createLog(() => undefined),
  });
  keeper.onState((state) => states.push(state));
  const child = (): ScriptedChild => {
    const last = children.at(-1);
    if (!last) throw new Error('Nothing was forked.');
    return last;
  };
  return { keeper, children, child, dropped, states };
}

const port = () => new MessageChannelDouble().port1;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('the start', () => {
  it('sends the start message first and is ready when the engine says so', async () => {
    const { keeper, child, states } = keep();
    keeper.start();
    await settle();
    expect(child().received[0]?.message).toEqual(startMessage);
    child().say(ready);
    expect(states).toEqual(['starting', 'ready']);
  });

  it('holds ports back until the engine is ready, then hands each over once', async () => {
    const { keeper, child } = keep();
    const early = port();
    keeper.start();
    keeper.attach(early);
    await settle();
    expect(child().received).toHaveLength(1);
    child().say(ready);
    const late = port();
    keeper.attach(late);
    expect(child().received.slice(1)).toEqual([
      { message: { t: 'attach' }, ports: [early] },
      { message: { t: 'attach' }, ports: [late] },
    ]);
  });

  it('starts once, however often it is asked', async () => {
    const { keeper, children } = keep();
    keeper.start();
    keeper.start();
    await settle();
    keeper.start();
    await settle();
    expect(children).toHaveLength(1);
  });

  it('ignores what is not news', async () => {
    const { keeper, child } = keep();
    keeper.start();
    await settle();
    child().say({ t: 'ready' });
    child().say('ready');
    expect(keeper.state()).toBe('starting');
  });
});

describe('a start that is refused', () => {
  it('is told with its reason and the end of the log, drops the ports, and is not repeated', async () => {
    const { keeper, children, child, dropped } = keep();
    keeper.start();
    const waiting = port();
    keeper.attach(waiting);
    await settle();
    child().stdout.write('{"what":"one"}\n{"what":"two"}\n');
    await settle();
    child().say({ t: 'failed', code: 'folderLocked', message: 'Another Hookbench uses this folder.' });
    expect(keeper.state()).toBe('failed');
    expect(keeper.failure()).toEqual({
      code: 'folderLocked',
      message: 'Another Hookbench uses this folder.',
      logTail: ['{"what":"one"}', '{"what":"two"}'],
    });
    expect(dropped).toEqual([waiting]);
    expect(child().killed).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(children).toHaveLength(1);
  });

  it('can be tried again', async () => {
    const { keeper, children, child } = keep();
    keeper.start();
    await settle();
    child().say({ t: 'failed', code: 'portTaken', message: 'Taken.' });
    keeper.start();
    await settle();
    expect(children).toHaveLength(2);
    child().say(ready);
    expect(keeper.state()).toBe('ready');
    expect(keeper.failure()).toBeUndefined();
  });
});

describe('an unexpected end', () => {
  it('restarts after 1, 2 and 4 seconds, then gives up with a reason', async () => {
    const { keeper, children, child } = keep();
    keeper.start();
    await settle();
    for (const [index, delayMs] of [1000, 2000, 4000].entries()) {
      child().say(ready);
      child().end(139);
      expect(keeper.state()).toBe('waiting');
      await vi.advanceTimersByTimeAsync(delayMs - 1);
      expect(children).toHaveLength(index + 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(children).toHaveLength(index + 2);
    }
    child().end(139);
    expect(keeper.state()).toBe('failed');
    expect(keeper.failure()).toMatchObject({ code: 'crashed' });
    expect(keeper.failure()?.message).toContain('4 times');
  });

  it('begins anew after a quiet minute', () => {
    expect(restartDelay([], 0)).toBe(1000);
    expect(restartDelay([0, 1000], 59_000)).toBe(4000);
    expect(restartDelay([0, 1000, 3000], 59_000)).toBeUndefined();
    expect(restartDelay([0, 1000, 3000], 60_000)).toBe(4000);
    expect(restartDelay([0, 1000, 3000], 64_000)).toBe(1000);
  });

  it('gives a port that came meanwhile to the next engine', async () => {
    const { keeper, child } = keep();
    keeper.start();
    await settle();
    child().say(ready);
    child().end(1);
    const meanwhile = port();
    keeper.attach(meanwhile);
    await vi.advanceTimersByTimeAsync(1000);
    child().say(ready);
    expect(child().received.at(-1)).toEqual({ message: { t: 'attach' }, ports: [meanwhile] });
  });
});

describe('the stop', () => {
  it('asks, and resolves when the engine has ended', async () => {
    const { keeper, child } = keep();
    keeper.start();
    await settle();
    child().say(ready);
    const stopped = keeper.stop();
    expect(child().received.at(-1)?.message).toEqual({ t: 'stop' });
    child().end(0);
    await stopped;
    expect(keeper.state()).toBe('stopped');
    expect(child().killed).toBe(false);
  });

  it('kills after five seconds', async () => {
    const { keeper, child } = keep();
    keeper.start();
    await settle();
    child().say(ready);
    const stopped = keeper.stop();
    await vi.advanceTimersByTimeAsync(4999);
    expect(child().killed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(child().killed).toBe(true);
    await stopped;
  });

  it('does not hang on a process that does not even die', async () => {
    const { keeper, child } = keep();
    keeper.start();
    await settle();
    child().mortal = false;
    const stopped = keeper.stop();
    await vi.advanceTimersByTimeAsync(6000);
    await stopped;
    expect(keeper.state()).toBe('stopped');
  });

  it('cancels a restart that was waiting, and nothing starts afterwards', async () => {
    const { keeper, children, child, dropped } = keep();
    keeper.start();
    await settle();
    child().end(1);
    keeper.attach(port());
    await keeper.stop();
    keeper.start();
    keeper.attach(port());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(children).toHaveLength(1);
    expect(dropped).toHaveLength(2);
  });
});
