// The commands: what each takes, what it says in its help, what it does. A command prints for people, or one JSON value with --json.
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import type { CaptureSummary, DataSource } from '#contract';
import { exitCodes } from '../exit-codes.ts';
import { tableText, visible } from './print-table.ts';
import type { RemoteEngine } from './remote-engine.ts';

export interface CommandContext {
  engine: RemoteEngine;
  /** What follows the name of the command. */
  words: string[];
  flags: Record<string, string | boolean | string[] | undefined>;
}

export interface Command {
  usage: string;
  does: string;
  /** Answers with what --json prints, and the text for people. */
  run(context: CommandContext): Promise<{ json: unknown; text: string | Uint8Array; exitCode?: number }>;
}

export class UsageError extends Error {}

const sendLimitMs = 60_000;

export const commands: Record<string, Command> = {
  sources: {
    usage: 'sources',
    does: 'lists the data sources',
    async run({ engine }) {
      const { dataSources } = await engine.call('dataSources.list', {});
      const rows = dataSources.map(({ id, name, status, counts, lastReceivedAt }) => [
        name,
        status,
        String(counts.captures),
        String(counts.items),
        lastReceivedAt ?? 'never',
        id,
      ]);
      const head = ['NAME', 'STATUS', 'CALLS', 'ITEMS', 'LAST RECEIVED', 'ID'];
      return { json: dataSources, text: tableText(head, rows, 'There is no data source yet.') };
    },
  },

  url: {
    usage: 'url <source>',
    does: 'prints the webhook URL of a data source, by name or id',
    async run({ engine, words }) {
      const source = await findSource(engine, words[0]);
      const [connection] = source.connections;
      return { json: connection, text: `${connection?.inboundUrl ?? ''}\n` };
    },
  },

  captures: {
    usage:
      'captures list [--source <source>] [--outcome <outcome>] [--limit <n>] | captures show <id> | captures body <id>',
    does: 'lists received calls, shows one, or prints its body as it came',
    async run({ engine, words, flags }) {
      const [what = 'list', id = ''] = words;
      if (what === 'show') {
        const { capture } = await engine.call('captures.get', { id });
        return { json: capture, text: `${JSON.stringify(capture, null, 2)}\n` };
      }
      if (what === 'body') {
        const { base64 } = await engine.call('captures.body', { id });
        return { json: { base64 }, text: Buffer.from(base64, 'base64') };
      }
      if (what !== 'list') throw new UsageError(`captures has no "${what}". It has list, show and body.`);
      const source =
        flags['source'] === undefined ? undefined : await findSource(engine, String(flags['source']));
      const { captures } = await engine.call('captures.list', {
        ...(source ? { dataSourceId: source.id } : {}),
        ...(flags['outcome'] === undefined ? {} : { outcome: outcomeOf(flags['outcome']) }),
        limit: numberOf(flags['limit'], '--limit', 20),
      });
      return { json: captures, text: capturesText(captures) };
    },
  },

  items: {
    usage: 'items <source> [--limit <n>]',
    does: 'lists the items of a data source, last updated first',
    async run({ engine, words, flags }) {
      const source = await findSource(engine, words[0]);
      const limit = numberOf(flags['limit'], '--limit', 20);
      const { items } = await engine.call('items.list', { dataSourceId: source.id, limit });
      const rows = items.map((item) => [item.externalId, item.title, String(item.version), item.updatedAt]);
      return {
        json: items,
        text: tableText(['ID', 'TITLE', 'VERSION', 'UPDATED'], rows, 'There is no item yet.'),
      };
    },
  },

  wait: {
    usage:
      'wait [--source <source>] [--match <path>=<text>]… [--outcome <outcome>] [--after <sequence>] [--timeout <seconds>]',
    does: `waits for the next call that fits; exit code ${exitCodes.timedOut} when the time (30 s) is over`,
    async run({ engine, flags }) {
      const source =
        flags['source'] === undefined ? undefined : await findSource(engine, String(flags['source']));
      const { capture } = await engine.call('captures.wait', {
        ...(source ? { dataSourceId: source.id } : {}),
        ...(flags['outcome'] === undefined ? {} : { outcome: outcomeOf(flags['outcome']) }),
        ...(flags['after'] === undefined ? {} : { after: numberOf(flags['after'], '--after', 0) }),
        match: listOf(flags['match']).map(matchOf),
        timeoutMs: Math.round(numberOf(flags['timeout'], '--timeout', 30) * 1000),
      });
      if (!capture) return { json: null, text: 'No such call came in time.\n', exitCode: exitCodes.timedOut };
      return { json: capture, text: capturesText([capture]) };
    },
  },

  send: {
    usage: 'send <source> [--data <text> | --file <file>] [--type <content type>]',
    does: 'posts a body to the webhook URL (the sample of the application without one); exit code 1 unless it is accepted',
    async run({ engine, words, flags }) {
      const source = await findSource(engine, words[0]);
      const data = flags['file'] === undefined ? flags['data'] : readFileSync(String(flags['file']));
      if (data === undefined) {
        const sent = await engine.call('dataSources.sendTest', { id: source.id });
        return { json: sent, text: `${sent.status}\n`, exitCode: codeFor(sent.status) };
      }
      const answer = await request(source.connections[0]?.localUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': String(flags['type'] ?? 'application/json') },
        body: typeof data === 'object' && !Array.isArray(data) ? data : String(data),
        signal: AbortSignal.timeout(sendLimitMs),
      });
      const body = await answer.body.text();
      return {
        json: { status: answer.statusCode, body },
        text: `${answer.statusCode} ${visible(body)}\n`,
        exitCode: codeFor(answer.statusCode),
      };
    },
  },

  tunnel: {
    usage: 'tunnel [status | start | stop]',
    does: 'tells the state of the tunnel, starts or stops it',
    async run({ engine, words }) {
      const [what = 'status'] = words;
      if (!['status', 'start', 'stop'].includes(what)) throw new UsageError(`tunnel has no "${what}".`);
      const { tunnel } =
        what === 'start'
          ? await engine.call('tunnel.start', {})
          : what === 'stop'
            ? await engine.call('tunnel.stop', {})
            : await engine.call('status.get', {});
      const detail = tunnel.publicUrl ?? tunnel.reason ?? '';
      const failed = what === 'start' && tunnel.status !== 'up';
      return {
        json: tunnel,
        text: `${visible(`${tunnel.status} ${detail}`).trim()}\n`,
        exitCode: failed ? exitCodes.failed : exitCodes.ok,
      };
    },
  },
};

async function findSource(engine: RemoteEngine, wanted: string | undefined): Promise<DataSource> {
  if (!wanted) throw new UsageError('Name a data source, by its name or id.');
  const { dataSources } = await engine.call('dataSources.list', {});
  const byId = dataSources.find((source) => source.id === wanted);
  if (byId) return byId;
  const byName = dataSources.filter((source) => source.name.toLowerCase() === wanted.toLowerCase());
  const [only, another] = byName;
  if (another)
    throw new UsageError(
      `${byName.length} data sources are named "${wanted}". Use the id: hookbench sources`,
    );
  if (!only) throw new UsageError(`There is no data source "${wanted}". List them: hookbench sources`);
  return only;
}

function capturesText(captures: readonly CaptureSummary[]): string {
  const rows = captures.map((capture) => [
    String(capture.sequence),
    capture.receivedAt,
    capture.outcome,
    String(capture.status),
    capture.method,
    capture.eventType ?? capture.contentType ?? '',
    String(capture.size),
    capture.id,
  ]);
  const head = ['SEQ', 'RECEIVED', 'OUTCOME', 'STATUS', 'METHOD', 'WHAT', 'BYTES', 'ID'];
  return tableText(head, rows, 'No call fits.');
}

function matchOf(text: string): { path: string; equals: string } {
  const mark = text.indexOf('=');
  if (mark < 1) throw new UsageError(`--match takes <path>=<text>, not "${text}".`);
  return { path: text.slice(0, mark), equals: text.slice(mark + 1) };
}

function outcomeOf(value: unknown): CaptureSummary['outcome'] {
  const outcomes = ['accepted', 'rejected', 'handshake', 'duplicate'] as const;
  const found = outcomes.find((outcome) => outcome === value);
  if (!found) throw new UsageError(`--outcome is one of ${outcomes.join(', ')}.`);
  return found;
}

function numberOf(value: unknown, flag: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw new UsageError(`${flag} takes a number.`);
  return number;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
}

function codeFor(status: number): number {
  return status >= 200 && status < 300 ? exitCodes.ok : exitCodes.failed;
}
