// Calls out per second: the outbox (each call a job in the store, claimed, sent over a connection, its result fsynced with the exchange)
// against bare undici that sends the same bytes, as many at once, to the same servers, and forgets them. Rounds in turn in one run; prints a
// report in Markdown. Every call of the outbox must have arrived and be settled, or the run fails.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { assembleOutbox } from '../main/engine/assemble-outbox.ts';
import { createChanges } from '../main/engine/changes.ts';
import { createGiveWay } from '../main/engine/give-way.ts';
import { createCallConnection } from '../main/engine/outbound/call-connection.ts';
import { createOAuthTokens } from '../main/engine/outbound/oauth-tokens.ts';
import { createSendRequest } from '../main/engine/outbound/send-request.ts';
import { mostAtOnce } from '../main/engine/outbox/lane.ts';
import { transact } from '../main/engine/store/database.ts';
import { openStore } from '../main/engine/store/store.ts';
import { readMachine } from './machine.ts';
import { createPrograms } from './programs.ts';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    folder: { type: 'string', default: tmpdir() },
  },
});
const rounds = flags.quick ? 1 : 5;
const calls = flags.quick ? 200 : 1_000;
const sizes = [1_024, 10_240];
const destinationCounts = [1, 4];
const madeTogether = 100;
const programs = createPrograms();

const headers: [string, string][] = [['Content-Type', 'application/json']];
const bodyOf = (bytes: number): Buffer =>
  Buffer.from(JSON.stringify({ text: 'Ada Lovelace, London. '.repeat(bytes).slice(0, bytes - 11) }));

interface Cell {
  bytes: number;
  destinations: number;
  bare: number;
  hookbench: number;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Gives calls per second. */
async function sendBare(urls: string[], body: Buffer, agent: Agent): Promise<number> {
  const start = performance.now();
  const each = calls / urls.length;
  const lanes = urls.flatMap((url) =>
    Array.from({ length: mostAtOnce }, async (_, lane) => {
      for (let call = lane; call < each; call += mostAtOnce) {
        const answer = await request(url, {
          method: 'POST',
          headers: headers.flat(),
          body,
          dispatcher: agent,
        });
        if (answer.statusCode !== 200) throw new Error(`The server answered ${answer.statusCode}.`);
        await answer.body.text();
      }
    }),
  );
  await Promise.all(lanes);
  return (calls / (performance.now() - start)) * 1_000;
}

function openOutbox(dataDir: string) {
  const store = openStore(dataDir);
  store.database.exec(
    "INSERT INTO data_sources (id, kind, name, created_at) VALUES ('ds_1', 'custom', 'Benchmark', 1)",
  );
  const stopping = new AbortController();
  const sendRequest = createSendRequest();
  // A connection is named by its Base Url here; it is called as every connection is.
  const callConnection = createCallConnection({
    opened: (baseUrl) => ({
      settings: {
        baseUrl,
        authorization: { kind: 'none' },
        headers: [],
        timeoutMs: 15_000,
        allowedTargets: [new URL(baseUrl).host],
      },
      secrets: new Map(),
      unreadable: [],
    }),
    sendRequest,
    tokens: createOAuthTokens({ sendRequest }),
    own: { local: () => 'http://127.0.0.1:9', public: () => undefined },
  });
  const { outbox } = assembleOutbox({
    database: store.database,
    changes: createChanges(),
    log: (level, what, facts) => {
      if (level !== 'info') throw new Error(`${what} ${JSON.stringify(facts)}`);
    },
    giveWay: createGiveWay(() => false, stopping.signal),
    stopping,
    callConnection,
    baseUrlOf: (id) => id,
    dataSources: { list: () => [{ id: 'ds_1' }], require: () => undefined },
    callDaysOf: () => undefined,
  });
  let arrived = 0;
  outbox.onSettled(({ state, exchange }) => {
    if (state !== 'succeeded') throw new Error(`A call failed: ${exchange?.failure?.message}`);
    arrived += 1;
  });
  outbox.resume();
  let made = 0;

  return {
    /** Gives calls per second, from the first job that is made to the last result that is kept. */
    async send(urls: string[], body: Buffer): Promise<number> {
      const goal = arrived + calls;
      const start = performance.now();
      for (let count = 0; count < calls; count += madeTogether) {
        transact(store.database, () => {
          for (let job = 0; job < madeTogether; job += 1) {
            made += 1;
            outbox.enqueue({
              idempotencyKey: `key ${made}`,
              dataSourceId: 'ds_1',
              connectionId: urls[made % urls.length] ?? '',
              name: 'POST',
              method: 'POST',
              target: '/',
              headers,
              body,
            });
          }
        });
        await nextTurn();
      }
      while (arrived < goal) await nextTurn();
      return (calls / (performance.now() - start)) * 1_000;
    },
    async stop(): Promise<number> {
      await outbox.stop();
      const kept = store.database
        .prepare<[], { count: number }>("SELECT count(*) AS count FROM jobs WHERE state = 'succeeded'")
        .get();
      store.close();
      if (kept?.count !== made)
        throw new Error(`${made} calls were made, ${kept?.count} are kept as arrived.`);
      return made;
    },
  };
}

const folder = await mkdtemp(join(flags.folder, 'hookbench-bench-'));
try {
  const machine = await readMachine(folder);
  const servers = await Promise.all(
    Array.from({ length: Math.max(...destinationCounts) }, () => programs.start('./bare-server.ts', [])),
  );
  const all = servers.map(({ ready }) => String(ready['url']).replace(/\/$/, ''));
  const outbox = openOutbox(join(folder, 'data'));
  const agent = new Agent({ connections: mostAtOnce });
  const cells: Cell[] = [];
  for (const bytes of sizes) {
    for (const destinations of destinationCounts) {
      const urls = all.slice(0, destinations);
      const body = bodyOf(bytes);
      const results = { bare: [] as number[], hookbench: [] as number[] };
      await sendBare(urls, body, agent);
      await outbox.send(urls, body);
      for (let round = 0; round < rounds; round += 1) {
        const order = round % 2 === 0 ? (['bare', 'hookbench'] as const) : (['hookbench', 'bare'] as const);
        for (const name of order) {
          results[name].push(
            name === 'bare' ? await sendBare(urls, body, agent) : await outbox.send(urls, body),
          );
        }
      }
      cells.push({
        bytes,
        destinations,
        bare: median(results.bare),
        hookbench: median(results.hookbench),
      });
      process.stderr.write(`${bytes / 1024} KB, ${destinations} destinations: done\n`);
    }
  }
  await agent.close();
  const made = await outbox.stop();
  const rows = cells.map(
    ({ bytes, destinations, bare, hookbench }) =>
      `| ${bytes / 1024} KB | ${destinations} | ${(hookbench / bare).toFixed(2)} | ${Math.round(bare).toLocaleString('en')} | ${Math.round(hookbench).toLocaleString('en')} |`,
  );
  process.stdout.write(`## Sending calls (\`npm run bench:outbox\`)

The outbox (each call a job in the store; claimed, sent over a connection, its result fsynced together with the exchange) against bare undici that sends the same bytes, ${mostAtOnce} at once to
each destination, and keeps nothing. Medians of ${rounds} interleaved round${rounds === 1 ? '' : 's'} of ${calls.toLocaleString('en')} calls; throughput is Hookbench divided by bare, higher is better.

| body | destinations | throughput | bare calls/s | Hookbench calls/s |
|-----:|-------------:|-----------:|-------------:|------------------:|
${rows.join('\n')}

All ${made.toLocaleString('en')} calls arrived and were kept. ${machine.processor}, ${machine.cores} cores; Node ${machine.node}; one fsync of 4 KB takes ${machine.fsyncMs.toFixed(2)} ms.
`);
} finally {
  await programs.end();
  await rm(folder, { recursive: true, force: true });
}
