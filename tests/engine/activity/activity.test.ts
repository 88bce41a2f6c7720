// Calls over time: bars without gaps, and every call that the receiver stored in the right one.
import { describe, expect, it } from 'vitest';
import { activitySpan } from '#contract';
import { barAt, barsOf } from '../../../main/engine/activity/bars.ts';
import { startTestEngine } from '../../harness/test-engine.ts';

describe('bars', () => {
  it.each(activitySpan.options)('of the %s follow each other without a gap and hold the present', (span) => {
    const now = Date.UTC(2026, 10, 24, 13, 47, 12);
    const bars = barsOf(span, now);
    for (const [index, bar] of bars.entries()) {
      expect(bar.to).toBeGreaterThan(bar.from);
      if (index > 0) expect(bar.from).toBe(bars[index - 1]?.to);
      expect(barAt(bars, bar.from)).toBe(index);
      expect(barAt(bars, bar.to - 1)).toBe(index);
    }
    expect(bars.at(-1)?.from).toBeLessThanOrEqual(now);
    expect(bars.at(-1)?.to).toBeGreaterThan(now);
    expect(barAt(bars, (bars[0]?.from ?? 0) - 1)).toBe(-1);
  });

  it('are as many as the chart shows', () => {
    const now = Date.UTC(2026, 10, 24, 23, 59, 59);
    expect(barsOf('hour', now)).toHaveLength(60);
    expect(barsOf('day', now)).toHaveLength(48);
    expect(barsOf('month', now)).toHaveLength(30);
    expect(barsOf('week', now).length).toBeGreaterThan(48);
  });
});

describe('activity', () => {
  it('counts by outcome and tells health, the same in every span', async () => {
    const test = await startTestEngine();
    try {
      const source = await test.createSource('github');
      const post = (body: string, delivery: string) =>
        fetch(source.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-github-event': 'issues',
            'x-github-delivery': delivery,
          },
          body,
        });
      await post('{"id":1}', 'a');
      await post('{"id":1}', 'a');
      await post('{"id":2}', 'b');
      const refused = await post('{', 'c');
      await fetch(source.url);
      const read = async (span: (typeof activitySpan.options)[number]) =>
        (await test.call('dataSources.activity', { id: source.id, span })).activity;
      await expect.poll(async () => (await read('hour')).health.slowestMs).toBeGreaterThan(0);
      for (const span of activitySpan.options) {
        const { totals, bars, health } = await read(span);
        expect(totals).toEqual({ accepted: 2, duplicate: 1, handshake: 1, rejected: 1 });
        expect(bars.slice(-2).reduce((sum, bar) => sum + bar.accepted + bar.rejected, 0)).toBe(3);
        expect(health).toMatchObject({ acceptedShare: 0.75, lastError: { status: refused.status } });
        expect(health.limitMs).toBeGreaterThan(0);
      }
    } finally {
      await test.stop();
    }
  });
});
