// The driver with providers and a clock of our own: what it opens it closes, whatever comes first.
import { afterEach, describe, expect, it } from 'vitest';
import type { TunnelSettings } from '#contract';
import type { Probe, ProbeResult } from '../../../main/engine/tunnels/probe.ts';
import {
  type OpenTunnel,
  TunnelFailure,
  type TunnelProvider,
} from '../../../main/engine/tunnels/tunnel-provider.ts';
import { createTunnelSupervisor, type Timers } from '../../../main/engine/tunnels/tunnel-supervisor.ts';
import { someSettings } from './receiver-double.ts';

/** A clock that moves only when told, and runs what became due. */
function createClock() {
  let now = 0;
  const due = new Set<{ at: number; run: () => void }>();
  const timers: Timers = {
    now: () => now,
    random: () => 0.5,
    after(ms, run) {
      const entry = { at: now + ms, run };
      due.add(entry);
      return () => due.delete(entry);
    },
  };
  return {
    timers,
    pending: () => due.size,
    /** Time goes by, and what becomes due on the way runs at its time. */
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = [...due].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        due.delete(next);
        now = Math.max(now, next.at);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
    /** The computer sleeps: the clock goes on, no timer does. */
    sleep(ms: number) {
      now += ms;
      for (const entry of due) entry.at += ms;
    },
  };
}

/** Lets every promise that can settle now do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(settings: Partial<TunnelSettings> = {}, other?: TunnelProvider) {
  const clock = createClock();
  const opened: Array<OpenTunnel & { closings: number; lose(reason: string): void }> = [];
  const openings: Array<{ signal: AbortSignal; settle(): void; fail(error: Error): void }> = [];
  const provider: TunnelProvider = {
    open({ signal }) {
      const { promise, resolve, reject } = Promise.withResolvers<OpenTunnel>();
      openings.push({
        signal,
        fail: reject,
        settle() {
          let tell: (reason: string) => void = () => undefined;
          const tunnel = {
            url: `https://name-${opened.length + 1}.example.test`,
            closings: 0,
            onLost: (listener: (reason: string) => void) => {
              tell = listener;
            },
            lose: (reason: string) => tell(reason),
            async close() {
              tunnel.closings += 1;
            },
          };
          opened.push(tunnel);
          resolve(tunnel);
        },
      });
      return promise;
    },
  };
  let result: ProbeResult = { ok: true, roundTripMs: 5, reach: 'internet' };
  const probe: Probe = { path: () => '/probe/0', answer: () => undefined, check: async () => result };
  let network = 'home';
  const states: string[] = [];
  const supervisor = createTunnelSupervisor({
    port: 1,
    readSettings: () => ({ ...someSettings, ...settings }),
    readNetwork: () => network,
    onChange: (state) => states.push(state.status),
    probe,
    timers: clock.timers,
    providers: {
      localtunnel: provider,
      cloudflared: other ?? provider,
      ngrok: provider,
      fixed: provider,
    },
    openLimitMs: 10_000,
  });
  return {
    clock,
    supervisor,
    states,
    opened,
    openings,
    setProbe: (next: ProbeResult) => {
      result = next;
    },
    setNetwork: (name: string) => {
      network = name;
    },
  };
}

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
afterEach(() => expect(unhandled).toEqual([]));

async function startUp(test: ReturnType<typeof setUp>) {
  const starting = test.supervisor.start();
  await settle();
  test.openings.at(-1)?.settle();
  return starting;
}

describe('the tunnel supervisor', () => {
  it('claims a reach only while the last check came back', async () => {
    const test = setUp();
    expect(await startUp(test)).toMatchObject({ status: 'up', reach: 'internet' });
    test.setProbe({ ok: false, reason: 'A web page.' });
    await test.clock.pass(31_000);
    expect(test.supervisor.state()).toMatchObject({ status: 'degraded' });
    expect(test.supervisor.state().reach).toBeUndefined();
    test.setProbe({ ok: true, roundTripMs: 5, reach: 'network' });
    await test.clock.pass(3_000);
    expect(test.supervisor.state()).toMatchObject({ status: 'up', reach: 'network' });
  });

  it('closes a tunnel that opens in the moment of the stop', async () => {
    const test = setUp();
    const starting = test.supervisor.start();
    await settle();
    test.openings[0]?.settle();
    const stopping = test.supervisor.stop();
    expect((await starting).status).toBe('off');
    await stopping;
    expect(test.opened[0]?.closings).toBe(1);
    expect(test.clock.pending()).toBe(0);
  });

  it('gives up on a provider that heeds no signal, and closes what comes too late', async () => {
    const test = setUp();
    const starting = test.supervisor.start();
    await settle();
    await test.clock.pass(10_000);
    expect(await starting).toMatchObject({ status: 'down', reason: 'The tunnel did not open within 10 s.' });
    test.openings[0]?.settle();
    await settle();
    expect(test.opened[0]?.closings).toBe(1);
    expect(test.supervisor.publicUrl()).toBeUndefined();
  });

  it('tries again with growing pauses while it is down, and at once when asked', async () => {
    const test = setUp();
    const starting = test.supervisor.start();
    for (const pauseMs of [1_000, 1_750, 3_500]) {
      await settle();
      test.openings.at(-1)?.fail(new TunnelFailure('No.', { retry: true }));
      await settle();
      expect(test.supervisor.state()).toMatchObject({ status: 'down', reason: 'No.' });
      const tries = test.openings.length;
      await test.clock.pass(pauseMs - 1);
      expect(test.openings).toHaveLength(tries);
      await test.clock.pass(1);
      expect(test.openings).toHaveLength(tries + 1);
    }
    expect(await starting).toMatchObject({ status: 'down', nextTryAt: '1970-01-01T00:00:01.000Z' });
    test.openings.at(-1)?.fail(new Error('something unexpected'));
    await settle();
    const tries = test.openings.length;
    expect(await startUp(test)).toMatchObject({ status: 'up' });
    expect(test.openings).toHaveLength(tries + 1);
    // The next probe, and the watch for sleep and network.
    expect(test.clock.pending()).toBe(2);
  });

  it('closes the lost tunnel before it opens the next, and shows the new address at once', async () => {
    const test = setUp();
    expect((await startUp(test)).publicUrl).toBe('https://name-1.example.test');
    test.opened[0]?.lose('Gone.');
    test.opened[0]?.lose('Gone again.');
    expect(test.supervisor.state()).toMatchObject({ status: 'down', reason: 'Gone.' });
    await test.clock.pass(1_000);
    expect(test.opened[0]?.closings).toBe(1);
    test.openings[1]?.settle();
    await settle();
    expect(test.supervisor.state()).toMatchObject({ status: 'up', publicUrl: 'https://name-2.example.test' });
    expect(test.supervisor.hosts()).toEqual(['name-2.example.test', 'name-2.example.test:443']);
    expect(test.states).toEqual(['connecting', 'up', 'down', 'connecting', 'up']);
  });

  it('probes while it is up, and stops probing after stop', async () => {
    const test = setUp();
    await startUp(test);
    test.setProbe({ ok: false, reason: 'A web page.' });
    await test.clock.pass(30_000);
    expect(test.supervisor.state()).toMatchObject({ status: 'degraded', reason: 'A web page.' });
    test.setProbe({ ok: true, roundTripMs: 7, reach: 'internet' });
    await test.clock.pass(2_000);
    expect(test.supervisor.state()).toMatchObject({ status: 'up', roundTripMs: 7 });
    expect(await test.supervisor.stop()).toEqual({
      provider: 'localtunnel',
      status: 'off',
      since: '1970-01-01T00:00:32.000Z',
    });
    expect(test.opened[0]?.closings).toBe(1);
    expect(test.clock.pending()).toBe(0);
    await test.clock.pass(120_000);
    expect(test.openings).toHaveLength(1);
  });

  it('probes at once after sleep and after a change of the network, and tries at once where it is down', async () => {
    const test = setUp();
    await startUp(test);
    test.setProbe({ ok: false, reason: 'Gone while asleep.' });
    test.clock.sleep(3_600_000);
    expect(test.supervisor.state().status).toBe('up');
    await test.clock.pass(5_000);
    expect(test.supervisor.state()).toMatchObject({ status: 'degraded', reason: 'Gone while asleep.' });
    test.setProbe({ ok: true, roundTripMs: 5, reach: 'internet' });
    await test.clock.pass(2_000);
    expect(test.supervisor.state().status).toBe('up');

    test.setProbe({ ok: false, reason: 'Another network.' });
    test.setNetwork('train');
    await test.clock.pass(5_000);
    expect(test.supervisor.state()).toMatchObject({ status: 'degraded', reason: 'Another network.' });
    await test.clock.pass(2_000);
    expect(test.supervisor.state().status).toBe('down');
    for (let round = 0; round < 5; round += 1) {
      await test.clock.pass(60_000);
      test.openings.at(-1)?.fail(new TunnelFailure('No.', { retry: true }));
      await settle();
    }
    const tries = test.openings.length;
    test.setNetwork('office');
    await test.clock.pass(5_000);
    expect(test.openings.length).toBe(tries + 1);
  });

  it('lets the next provider take over when one stays down, and says so', async () => {
    const standIn: TunnelProvider = {
      open: async () => ({
        url: 'https://stand-in.example.test',
        onLost: () => undefined,
        close: async () => undefined,
      }),
    };
    const test = setUp({ fallbacks: ['cloudflared'], fallbackAfterS: 20 }, standIn);
    void test.supervisor.start();
    await settle();
    for (let round = 0; round < 12 && test.supervisor.state().provider === 'localtunnel'; round += 1) {
      test.openings.at(-1)?.fail(new TunnelFailure('Refused.', { retry: true }));
      await test.clock.pass(4_000);
    }
    expect(test.clock.timers.now()).toBeGreaterThanOrEqual(20_000);
    expect(test.supervisor.state()).toMatchObject({
      provider: 'cloudflared',
      standsInFor: 'localtunnel',
      status: 'up',
      publicUrl: 'https://stand-in.example.test',
      reason: 'Localtunnel stayed down, so cloudflared gives the address instead.',
    });
    await test.supervisor.stop();
    expect(test.supervisor.state()).toMatchObject({ provider: 'localtunnel', status: 'off' });
  });

  it('comes back by itself after an outage of a minute, with ever fewer tries', async () => {
    const test = setUp();
    await startUp(test);
    test.opened[0]?.lose('The server is gone.');
    for (let passed = 0; passed < 60; passed += 1) {
      await test.clock.pass(1_000);
      const opening = test.openings.at(-1);
      if (test.supervisor.state().status === 'connecting') {
        opening?.fail(new TunnelFailure('Refused.', { retry: true }));
      }
      await settle();
    }
    // Tries after 1, 2, 4, 8, 16, 32 s with jitter: never more than seven in the minute.
    expect(test.openings.length).toBeLessThanOrEqual(8);
    while (test.supervisor.state().status !== 'connecting') await test.clock.pass(1_000);
    expect(test.clock.timers.now()).toBeLessThan(125_000);
    test.openings.at(-1)?.settle();
    await settle();
    expect(test.supervisor.state().status).toBe('up');
  });
});
