import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CallName, ProblemError } from '#contract';

import { createCallCache } from '../../../renderer/api/call-cache.ts';
import type { Client, LinkState } from '../../../renderer/api/client.ts';

/** A client whose answers the test gives by hand. */
function createHandClient() {
  const asked: {
    name: CallName;
    signal: AbortSignal | undefined;
    resolve(v: unknown): void;
    reject(e: Error): void;
  }[] = [];
  let state: LinkState = 'open';
  let tell: (state: LinkState) => void = () => {};
  const client: Client = {
    call: (name, _input, options) =>
      new Promise((resolve, reject) => {
        asked.push({ name, signal: options?.signal, resolve: resolve as (v: unknown) => void, reject });
      }),
    on: () => () => {},
    onState(listener) {
      tell = listener;
      return () => {};
    },
    state: () => state,
    close: () => {},
  };
  function become(next: LinkState) {
    state = next;
    tell(next);
  }
  return { client, asked, become };
}

describe('the cache of calls', () => {
  afterEach(() => void vi.useRealTimers());

  it('asks once for all readers of the same question', () => {
    const { client, asked } = createHandClient();
    const cache = createCallCache(client);
    expect(cache.entry('dataSources.list', {})).toBe(cache.entry('dataSources.list', {}));
    cache.entry('dataSources.list', {}).retain();
    cache.entry('dataSources.list', {}).retain();
    cache.entry('dataSources.get', { id: 'a' }).retain();
    expect(asked.map((call) => call.name)).toEqual(['dataSources.list', 'dataSources.get']);
  });

  it('asks once more after a change that came while it was asking, however many came', async () => {
    vi.useFakeTimers();
    const { client, asked } = createHandClient();
    const entry = createCallCache(client).entry('dataSources.list', {});
    entry.retain();
    entry.refetch();
    entry.refetch();
    expect(asked).toHaveLength(1);
    asked[0]?.resolve({ dataSources: [] });
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(2);
    expect(entry.store.getState()).toMatchObject({ data: { dataSources: [] }, loading: true });
    asked[1]?.resolve({ dataSources: [] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
    expect(entry.store.getState().loading).toBe(false);
  });

  it('asks five times a second at most, however fast its events come, and once after the last of them', async () => {
    vi.useFakeTimers();
    const { client, asked } = createHandClient();
    const entry = createCallCache(client).entry('status.get', {});
    let told = 0;
    entry.store.subscribe(() => (told += 1));
    entry.retain();
    for (let event = 0; event < 100; event += 1) {
      asked.at(-1)?.resolve({});
      await vi.advanceTimersByTimeAsync(10);
      entry.refetch();
    }
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(told).toBeLessThanOrEqual(2 * 6);
    const before = asked.length;
    asked.at(-1)?.resolve({});
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(before + 1);
    asked.at(-1)?.resolve({});
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(before + 1);
  });

  it('keeps the last answer beside the problem of a later try', async () => {
    vi.useFakeTimers();
    const { client, asked } = createHandClient();
    const entry = createCallCache(client).entry('dataSources.list', {});
    entry.retain();
    asked[0]?.resolve({ dataSources: [] });
    await vi.advanceTimersByTimeAsync(200);
    entry.refetch();
    asked[1]?.reject(new ProblemError('store.unavailable', 'The disk is full.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(entry.store.getState()).toMatchObject({
      data: { dataSources: [] },
      problem: { code: 'store.unavailable' },
      loading: false,
    });
  });

  it('asks again after a reconnect, for what is shown and not for what is only kept', async () => {
    vi.useFakeTimers();
    const { client, asked, become } = createHandClient();
    const cache = createCallCache(client);
    cache.entry('dataSources.list', {}).retain();
    const release = cache.entry('settings.get', {}).retain();
    for (const call of asked) call.resolve({});
    await vi.advanceTimersByTimeAsync(200);
    release();
    become('connecting');
    become('open');
    expect(asked.map((call) => call.name)).toEqual(['dataSources.list', 'settings.get', 'dataSources.list']);
  });

  it('forgets an answer that nobody shows, and cancels what was under way', async () => {
    vi.useFakeTimers();
    const { client, asked } = createHandClient();
    const cache = createCallCache(client);
    const entry = cache.entry('dataSources.list', {});
    entry.retain()();
    vi.advanceTimersByTime(59_000);
    expect(cache.entry('dataSources.list', {})).toBe(entry);
    vi.advanceTimersByTime(2_000);
    expect(cache.entry('dataSources.list', {})).not.toBe(entry);
    expect(asked[0]?.signal?.aborted).toBe(true);
  });
});
