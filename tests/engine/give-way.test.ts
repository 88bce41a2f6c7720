// Background work takes one slice a turn of the loop, whoever it belongs to, and none while a call waits.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createGiveWay } from '../../main/engine/give-way.ts';

const stopping = new AbortController();

it('lets slices of several workers follow each other in turns of their own', async () => {
  let turn = 0;
  let isCounting = true;
  (function count() {
    turn += 1;
    if (isCounting) setImmediate(count);
  })();
  const turns: number[] = [];
  async function work(): Promise<void> {
    const giveWay = createGiveWay(() => false, stopping.signal);
    for (let slice = 0; slice < 20; slice += 1) {
      await giveWay();
      turns.push(turn);
    }
  }
  await Promise.all([work(), work(), work()]);
  isCounting = false;
  expect(turns).toHaveLength(60);
  expect(new Set(turns).size).toBe(60);
});

it('waits while a call waits, for a time', async () => {
  let isAnswering = true;
  const giveWay = createGiveWay(() => isAnswering, stopping.signal);
  const started = performance.now();
  await giveWay();
  expect(performance.now() - started).toBeGreaterThanOrEqual(20);
  let isDone = false;
  const going = giveWay().then(() => (isDone = true));
  await pause(5);
  expect(isDone).toBe(false);
  isAnswering = false;
  await going;
});
