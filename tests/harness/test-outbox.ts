// An outbox for tests over a real store and real sockets, without the rest of the engine: a data source, connections that are nothing but a
// Base Url, and a clock that stands still or runs.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { request } from 'undici';
import type { Exchange } from '#contract';
import { assembleOutbox } from '../../main/engine/assemble-outbox.ts';
import { createDispatch, type Handlers } from '../../main/engine/calls.ts';
import { createChanges } from '../../main/engine/changes.ts';
import { createGiveWay } from '../../main/engine/give-way.ts';
import type { CallConnection } from '../../main/engine/outbox/calls-under-way.ts';
import { type Clock, systemClock } from '../../main/engine/outbox/clock.ts';
import type { NewJob } from '../../main/engine/outbox/outbox.ts';
import { transact } from '../../main/engine/store/database.ts';
import { openStore } from '../../main/engine/store/store.ts';
import { createLog } from '../../main/log/log.ts';
import type { TestEngine } from './test-engine.ts';

export interface TestClock extends Clock {
  /** Lets time pass, running what falls due on the way, as fast as it can. */
  pass(ms: number): Promise<void>;
  /** The time of day jumps, without anything having run: the machine slept, or its clock was set. */
  jump(ms: number): void;
}

/** Stands still until it is told. Timers run by passing time, as on a real machine, whatever the time of day jumps to. */
export function createTestClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let passed = 0;
  let timeOfDay = start;
  let timers: { at: number; act: () => void }[] = [];
  const settled = async () => {
    for (let turns = 0; turns < 4; turns += 1) await nextTurn();
  };
  return {
    now: () => timeOfDay + passed,
    random: () => 0.5,
    after(ms, act) {
      const timer = { at: passed + Math.max(0, Math.ceil(ms)), act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async pass(ms) {
      const until = passed + ms;
      await settled();
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        passed = Math.max(passed, next.at);
        next.act();
        await settled();
      }
      passed = until;
      await settled();
    },
    jump(ms) {
      timeOfDay += ms;
    },
  };
}

/** Sends over a real socket, with the marks of the outbox and without everything else that a connection adds. */
export function callOver(baseUrlOf: (connectionId: string) => string | undefined): CallConnection {
  return async ({ connectionId, method, target, headers, body, idempotencyKey, signal }) => {
    const url = `${baseUrlOf(connectionId)}${target}`;
    const all: [string, string][] = [...headers, ['Idempotency-Key', idempotencyKey]];
    const exchange: Exchange = { request: { method, url, headers: all }, timing: { totalMs: 1 } };
    try {
      const answer = await request(url, {
        method,
        headers: all.flat(),
        body: body ?? null,
        signal,
        headersTimeout: 15_000,
      });
      const text = await answer.body.text();
      const status = answer.statusCode;
      exchange.answer = { status, headers: [], body: { text, size: text.length, cut: false } };
      if (status < 200 || status > 299) {
        exchange.failure = { code: 'status', message: `The answer was ${status}.` };
      }
      const retryAfter = answer.headers['retry-after'];
      return { exchange, retryAfterMs: retryAfter === undefined ? undefined : Number(retryAfter) * 1_000 };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      exchange.failure = signal.aborted
        ? { code: 'cancelled', message: 'The call was cancelled.' }
        : { code: 'refused', message: `No answer: ${why}.` };
      return { exchange };
    }
  };
}

export interface TestOutboxOptions {
  clock?: Clock;
  callConnection?: CallConnection;
}

/** One data source `ds_1`; its connections are named by their Base Url. */
export function startTestOutbox(dataDir: string, options: TestOutboxOptions = {}) {
  const store = openStore(dataDir);
  const { database } = store;
  database.exec(
    "INSERT OR IGNORE INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Test', 1)",
  );
  const changes = createChanges();
  const logLines: string[] = [];
  const log = createLog((line) => logLines.push(line));
  const stopping = new AbortController();
  /** What a connection is called instead of the Base Url that its name says. */
  const moved = new Map<string, string | undefined>();
  const baseUrlOf = (id: string) => (moved.has(id) ? moved.get(id) : id);
  const clock = options.clock ?? systemClock;
  let callDays: number | undefined;
  const parts = assembleOutbox({
    database,
    changes,
    log,
    giveWay: createGiveWay(() => false, stopping.signal),
    stopping,
    callConnection: options.callConnection ?? callOver(baseUrlOf),
    baseUrlOf,
    dataSources: { list: () => [{ id: 'ds_1' }], require: () => undefined },
    callDaysOf: () => callDays,
    clock,
  });
  const dispatch = createDispatch(parts.deliveriesHandlers as Handlers, log, stopping.signal);
  const call: TestEngine['call'] = async (name, input) => {
    const result = await dispatch(name, input, new AbortController().signal);
    if ('problem' in result) throw new Error(`${result.problem.code}: ${result.problem.message}`);
    return result.output as never;
  };
  let made = 0;

  return {
    ...parts,
    database,
    changes,
    logLines,
    call,
    moved,
    setCallDays(days: number | undefined) {
      callDays = days;
    },
    /** Puts jobs into the outbox, as a caller does; gives the deliveries' ids. */
    enqueue(baseUrl: string, count = 1, more: Partial<NewJob> = {}): string[] {
      return transact(database, () =>
        Array.from({ length: count }, () => {
          made += 1;
          return parts.outbox.enqueue({
            idempotencyKey: `key ${process.pid} ${made} ${clock.now()}`,
            dataSourceId: 'ds_1',
            connectionId: baseUrl,
            name: `POST ${made}`,
            method: 'POST',
            target: `/${made}`,
            headers: [['Content-Type', 'application/json']],
            body: Buffer.from(`{"n":${made}}`),
            ...more,
          });
        }),
      );
    },
    /** Resolves when `isSo` holds; looks after every change that the outbox tells. */
    async until(isSo: () => boolean, timeoutMs = 10_000): Promise<void> {
      const end = Date.now() + timeoutMs;
      while (!isSo()) {
        if (Date.now() > end) throw new Error(`it did not come to be within ${timeoutMs} ms`);
        await nextTurn();
      }
    },
    states: () =>
      database
        .prepare<[], { state: string }>('SELECT state FROM jobs ORDER BY sequence')
        .all()
        .map(({ state }) => state),
    async stop() {
      await parts.outbox.stop();
      stopping.abort(new Error('the test ends'));
      store.close();
    },
  };
}

export type TestOutbox = ReturnType<typeof startTestOutbox>;
