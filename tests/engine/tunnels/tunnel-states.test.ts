import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backoffMs,
  type Moment,
  maxTriesPerMinute,
  newCourse,
  stepTunnel,
  type TunnelEvent,
  type TunnelPhase,
  tunnelTimes,
} from '../../../main/engine/tunnels/tunnel-states.ts';

const url = 'https://name.example.test';
const off: TunnelPhase = { status: 'off', since: 0, course: newCourse };

/** Plays events one second apart, from `off`. */
function play(events: TunnelEvent[], from: TunnelPhase = off, startsAt = 0, more: Partial<Moment> = {}) {
  let phase = from;
  let effects: readonly { do: string }[] = [];
  let now = startsAt;
  for (const event of events) {
    now += 1_000;
    ({ phase, effects } = stepTunnel(phase, event, { now, random: 0.5, ...more }));
  }
  return { phase, effects: effects.map((effect) => effect.do), last: effects.at(-1), now };
}

const start: TunnelEvent = { type: 'start' };
const opened: TunnelEvent = { type: 'opened', url };
const good: TunnelEvent = { type: 'probeSucceeded', roundTripMs: 12, reach: 'internet' };
const bad: TunnelEvent = { type: 'probeFailed', reason: 'A web page.' };
const up = [start, opened, good];

describe('the states of a tunnel', () => {
  it('opens, probes, and is up only when the probe came back', () => {
    expect(play([start])).toMatchObject({ phase: { status: 'connecting' }, effects: ['close', 'open'] });
    expect(play([start, opened])).toMatchObject({ phase: { status: 'connecting', url }, effects: ['probe'] });
    const { phase, last } = play(up);
    expect(phase).toEqual({
      status: 'up',
      since: 3_000,
      failures: 0,
      url,
      notice: undefined,
      roundTripMs: 12,
      reach: 'internet',
      probedAt: 3_000,
      course: { choice: 0, hopeless: 0, tries: [1_000] },
    });
    expect(last).toEqual({ do: 'wait', ms: tunnelTimes.probeEveryMs, event: 'probeDue' });
  });

  it('gives a fresh address a second probe, then is down and closed', () => {
    expect(play([start, opened, bad])).toMatchObject({ phase: { status: 'connecting' }, effects: ['wait'] });
    const { phase, effects, now } = play([start, opened, bad, { type: 'probeDue' }, bad]);
    expect(phase).toMatchObject({
      status: 'down',
      reason: 'A web page.',
      failures: 1,
      nextTryAt: now + 1_000,
    });
    expect(effects).toEqual(['close', 'wait']);
  });

  it('waits for an address that is not known everywhere yet, but not for ever', () => {
    const fresh: TunnelEvent = { type: 'opened', url, settleMs: 10_000 };
    const settling = play([start, fresh, bad, { type: 'probeDue' }, bad, { type: 'probeDue' }, bad]);
    expect(settling).toMatchObject({
      phase: { status: 'connecting', url, reason: 'A web page.' },
      effects: ['wait'],
    });
    expect(play([good], settling.phase, settling.now).phase.status).toBe('up');
    const late = play([{ type: 'probeDue' }, bad, { type: 'probeDue' }, bad], settling.phase, 12_000);
    expect(late.phase.status).toBe('down');
  });

  it('is degraded at the first failed probe, up again at the next good one, and rebuilt after three', () => {
    expect(play([...up, bad]).phase).toMatchObject({ status: 'degraded', url, reason: 'A web page.' });
    expect(play([...up, bad, bad, good]).phase).toMatchObject({ status: 'up', url });
    expect(play([...up, bad, bad, bad])).toMatchObject({
      phase: { status: 'down' },
      effects: ['close', 'wait'],
    });
    const again = play([...up, bad, bad, bad, { type: 'tryDue' }]);
    expect(again).toMatchObject({
      phase: { status: 'connecting', reason: 'A web page.' },
      effects: ['close', 'open'],
    });
  });

  it('is down at once when the provider says that the tunnel is lost', () => {
    const { phase } = play([...up, { type: 'lost', reason: 'Gone.' }]);
    expect(phase).toMatchObject({ status: 'down', reason: 'Gone.', failures: 1 });
  });

  it('does not try again where only other settings help, until it is started again', () => {
    const { phase, effects } = play([start, { type: 'openFailed', reason: 'Not a URL.', retry: false }]);
    expect(phase).not.toHaveProperty('nextTryAt');
    expect(effects).toEqual(['close']);
    expect(play([start], phase).phase).toMatchObject({ status: 'connecting', failures: 0 });
  });

  it('waits longer after each failure, and starts anew after a stable minute', () => {
    const lost: TunnelEvent = { type: 'lost', reason: 'Gone.' };
    const flapping = play([...up, lost, { type: 'tryDue' }, opened, good, lost]);
    expect(flapping.phase).toMatchObject({ status: 'down', failures: 2 });
    const steady = play([...up, lost, { type: 'tryDue' }, opened, good]);
    expect(play([lost], steady.phase, steady.now + tunnelTimes.stableMs).phase).toMatchObject({
      failures: 1,
    });
  });

  it('shows a changed address at once', () => {
    const moved: TunnelEvent = { type: 'opened', url: 'https://other.example.test', notice: 'Taken.' };
    const { phase } = play([...up, { type: 'lost', reason: 'Gone.' }, { type: 'tryDue' }, moved, good]);
    expect(phase).toMatchObject({ status: 'up', url: 'https://other.example.test', notice: 'Taken.' });
  });

  it('probes at once after sleep or a change of the network, and tries at once where it was down', () => {
    expect(play([...up, { type: 'disturbed' }])).toMatchObject({
      phase: { status: 'up' },
      effects: ['probe'],
    });
    const lost = play([...up, { type: 'lost', reason: 'Gone.' }]);
    expect(play([{ type: 'disturbed' }], lost.phase, lost.now)).toMatchObject({
      phase: { status: 'connecting' },
      effects: ['close', 'open'],
    });
    const hopeless = play([start, { type: 'openFailed', reason: 'Not a URL.', retry: false }]);
    expect(play([{ type: 'disturbed' }], hopeless.phase).effects).toEqual([]);
    expect(play([{ type: 'disturbed' }])).toMatchObject({ phase: { status: 'off' }, effects: [] });
  });

  it('tries ten times a minute at most, whoever asks, and says when it goes on', () => {
    let { phase, now } = play([]);
    for (let round = 0; round < maxTriesPerMinute; round += 1) {
      ({ phase, now } = play([start, { type: 'stop' }], phase, now));
    }
    const held = play([start], phase, now);
    expect(held.phase).toMatchObject({ status: 'down', nextTryAt: 61_000 });
    expect(held.phase).toHaveProperty('reason', expect.stringContaining('10 tries in the last minute'));
    expect(held.last).toEqual({ do: 'wait', ms: 61_000 - held.now, event: 'tryDue' });
    expect(play([{ type: 'tryDue' }], held.phase, 60_001).phase.status).toBe('connecting');
  });

  it('gives the next provider its turn when one stays down past the limit, and comes round again', () => {
    const two = { choices: 2, fallbackAfterMs: 10_000 };
    const refused: TunnelEvent = { type: 'openFailed', reason: 'Refused.', retry: true };
    const first = play([start, refused], off, 0, two);
    expect(first.phase).toMatchObject({ status: 'down', course: { choice: 0, failingSince: 2_000 } });
    const still = play([{ type: 'tryDue' }, refused], first.phase, 5_000, two);
    expect(still.phase).toMatchObject({ status: 'down', course: { choice: 0, failingSince: 2_000 } });
    const over = play([{ type: 'tryDue' }, refused], still.phase, 10_000, two);
    expect(over).toMatchObject({
      phase: { status: 'connecting', reason: 'Refused.', course: { choice: 1 } },
      effects: ['close', 'open'],
    });
    const stands = play([opened, good], over.phase, 13_000, two);
    expect(stands.phase).toMatchObject({ status: 'up', course: { choice: 1 } });
    const lost = play([{ type: 'lost', reason: 'Gone.' }], stands.phase, 20_000, two);
    const round = play([{ type: 'tryDue' }, refused], lost.phase, 40_000, two);
    expect(round.phase).toMatchObject({ status: 'connecting', course: { choice: 0 } });
    // By hand it begins with the first again.
    expect(play([{ type: 'stop' }, start], stands.phase, 50_000, two).phase).toMatchObject({
      course: { choice: 0 },
    });
  });

  it('goes on at once where one says that trying again cannot help, and rests when all say so', () => {
    const two = { choices: 2, fallbackAfterMs: 10_000 };
    const hopeless: TunnelEvent = { type: 'openFailed', reason: 'Not installed.', retry: false };
    const over = play([start, hopeless], off, 0, two);
    expect(over.phase).toMatchObject({ status: 'connecting', course: { choice: 1 } });
    const rests = play([hopeless], over.phase, 3_000, two);
    expect(rests).toMatchObject({ phase: { status: 'down' }, effects: ['close'] });
    expect(rests.phase).not.toHaveProperty('nextTryAt');
  });

  it('keeps the pause between one second and half a minute', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, random) => {
          const ms = backoffMs(n, random);
          expect(ms).toBeGreaterThanOrEqual(1_000);
          expect(ms).toBeLessThanOrEqual(30_000);
        },
      ),
    );
    expect([1, 2, 3, 4, 5, 6, 7].map((n) => backoffMs(n, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(backoffMs(5, 0)).toBe(12_000);
  });
});

describe('whatever happens in whatever order', () => {
  const events = fc.array(
    fc.constantFrom<TunnelEvent>(
      start,
      { type: 'stop' },
      opened,
      { type: 'openFailed', reason: 'No.', retry: true },
      { type: 'openFailed', reason: 'No.', retry: false },
      good,
      bad,
      { type: 'lost', reason: 'Gone.' },
      { type: 'disturbed' },
      { type: 'tryDue' },
      { type: 'probeDue' },
    ),
    { maxLength: 60 },
  );

  it('stop ends in off and closes', () => {
    fc.assert(
      fc.property(events, (before) => {
        const { phase } = play(before);
        const stopped = play([{ type: 'stop' }], phase);
        expect(stopped.phase.status).toBe('off');
        expect(stopped.effects).toEqual(phase.status === 'off' ? [] : ['close']);
        for (const event of [opened, good, bad, { type: 'tryDue' } as const, { type: 'probeDue' } as const]) {
          expect(play([event], stopped.phase)).toMatchObject({ phase: { status: 'off' }, effects: [] });
        }
      }),
    );
  });

  it('an address is shown only while there is one, and down always says why', () => {
    fc.assert(
      fc.property(events, (before) => {
        const { phase } = play(before);
        if (phase.status === 'up' || phase.status === 'degraded') expect(phase.url).toBe(url);
        if (phase.status === 'down') expect(phase.reason).not.toBe('');
      }),
    );
  });
});
