// `replay`: sends captures again and shows each answer beside the original one.
import type { CallChanges, ReplayAttempt, ReplaySelection, ReplayTarget } from '#contract';
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  type CommandContext,
  choiceOf,
  choiceOfFlag,
  listOf,
  numberOf,
  outcomeFlag,
  sourceFlag,
} from '../command.ts';
import { tableText, visible } from '../print-table.ts';
import { UsageError } from '../read-arguments.ts';

const waitMs = 1_000;
const attemptsAtOnce = 500;
const mostShown = 1_000;
const orders = ['received', 'reversed', 'shuffled'] as const;

export const replay: Command = {
  usage: [
    'replay <capture id>… [--to <target>] [--sign] [--same-delivery] [--repeat <n>] [--rate <n>] [--order <order>] [--burst] [--set <path>=<value>]… [--header <header>]… [--modules]',
    'replay [--query <query>] [--source <source>] [--outcome <outcome>] [--event <type>] [--since <time>] [--until <time>] …',
  ],
  does: `sends calls again and shows the answers; exit code ${exitCodes.failed} unless each was answered with a 2xx; Ctrl+C stops it`,
  flags: {
    to: { type: 'string', takes: '<target>', does: 'receiver (the default), mapping, or a URL' },
    source: sourceFlag,
    outcome: outcomeFlag,
    query: { type: 'string', takes: '<query>', does: 'only calls that this search finds' },
    event: { type: 'string', takes: '<type>', does: 'only calls of this event type' },
    since: {
      type: 'string',
      takes: '<time>',
      does: 'only calls from this time on, such as 2026-11-24T08:00:00Z',
    },
    until: { type: 'string', takes: '<time>', does: 'only calls before this time' },
    set: {
      type: 'string',
      multiple: true,
      takes: '<path>=<value>',
      does: 'set this value in each JSON body, as JSON or plain text; <path> alone takes it away',
    },
    header: {
      type: 'string',
      multiple: true,
      takes: '<header>',
      does: 'set this header in each call, as "X-Run: nightly"; a name alone leaves it out',
    },
    sign: { type: 'boolean', does: 'sign again with the secret that is set and the present time' },
    'same-delivery': { type: 'boolean', does: 'keep the delivery id, as a repeat of the same delivery' },
    'keep-host': { type: 'boolean', does: 'to a URL: with the Host header as it was received' },
    repeat: { type: 'string', takes: '<n>', does: 'each call so often' },
    rate: { type: 'string', takes: '<n>', does: 'so many calls a second' },
    order: { type: 'string', takes: '<order>', choices: orders, does: orders.join(', ') },
    burst: { type: 'boolean', does: 'all at once' },
    modules: { type: 'boolean', does: 'modules run for the new calls, too' },
  },
  examples: [
    'replay cap_…',
    'replay cap_… --to http://127.0.0.1:3000/hook --sign',
    'replay --source Newsletter --outcome rejected --to mapping',
  ],
  words: { what: '<capture id>…', least: 0, most: Number.POSITIVE_INFINITY },
  endsItself: true,
  async run(context) {
    const { engine, flags, signal, columns } = context;
    const { job: begun } = await engine.call('replays.start', {
      captures: await selectionOf(context),
      target: targetOf(flags),
      ...changesOf(flags),
      options: {
        ...(flags['sign'] ? { signing: 'again' as const } : {}),
        ...(flags['same-delivery'] ? { deliveryIds: 'same' as const } : {}),
        ...(flags['order'] === undefined ? {} : { order: choiceOfFlag(flags['order'], '--order', orders) }),
        ...(flags['repeat'] === undefined
          ? {}
          : { repeat: numberOf(flags['repeat'], '--repeat', 1, { least: 1, most: 10_000 }) }),
        ...(flags['rate'] === undefined
          ? {}
          : {
              ratePerSecond: numberOf(flags['rate'], '--rate', 1, {
                least: 0.01,
                most: 1000,
                fraction: true,
              }),
            }),
        ...(flags['burst'] ? { burst: true } : {}),
        ...(flags['modules'] ? { runsModules: true } : {}),
      },
    });
    let job = begun;
    while (job.state === 'running') {
      ({ job } = signal.aborted
        ? await engine.call('replays.stop', { id: job.id })
        : await engine.call('replays.wait', { id: job.id, timeoutMs: waitMs }));
    }
    const attempts = await attemptsOf(context, job.id);
    const rows = attempts.slice(0, mostShown).map(rowOf);
    const table = tableText(head, rows, 'Nothing was sent.', { columns, whole: ['#', 'NEW CALL'] });
    const unshown = attempts.length - rows.length;
    const more = unshown > 0 ? `${unshown} more are not shown; --json has all.\n` : '';
    const summary = `${job.done} of ${job.total} sent, ${job.failed} failed, ${job.different} answered otherwise than before${job.note ? ` (${job.note})` : ''}`;
    return {
      json: { job, attempts },
      text: `${table}${more}${visible(summary)}\n`,
      exitCode: job.failed > 0 || job.state === 'stopped' ? exitCodes.failed : exitCodes.ok,
    };
  },
};

const head = ['#', 'WHAT', 'STATE', 'STATUS', 'MS', 'BEFORE', 'WHY', 'NEW CALL'];

function rowOf(attempt: ReplayAttempt): string[] {
  const differences = attempt.differences.map(({ what, before, now, count }) =>
    before === undefined ? (count === undefined ? what : `${count} ${what}`) : `${what}: ${before} → ${now}`,
  );
  return [
    String(attempt.number),
    attempt.label,
    attempt.state,
    attempt.status === undefined ? '' : String(attempt.status),
    attempt.tookMs === undefined ? '' : String(Math.round(attempt.tookMs)),
    attempt.original === undefined ? '' : String(attempt.original.status),
    attempt.failure ?? differences.join(', '),
    attempt.newCaptureId ?? '',
  ];
}

async function attemptsOf({ engine }: CommandContext, id: string): Promise<ReplayAttempt[]> {
  const all: ReplayAttempt[] = [];
  let after: string | undefined;
  do {
    const page: { attempts: ReplayAttempt[]; next?: string | undefined } = await engine.call(
      'replays.attempts',
      {
        id,
        limit: attemptsAtOnce,
        ...(after === undefined ? {} : { after }),
      },
    );
    all.push(...page.attempts);
    after = page.next;
  } while (after !== undefined);
  return all;
}

async function selectionOf(context: CommandContext): Promise<ReplaySelection> {
  const { words, flags } = context;
  const choice = await choiceOf(context);
  const filter = {
    ...choice,
    ...(flags['query'] === undefined ? {} : { query: String(flags['query']) }),
    ...(flags['event'] === undefined ? {} : { eventType: String(flags['event']) }),
    ...(flags['since'] === undefined ? {} : { from: timeOf(flags['since'], '--since') }),
    ...(flags['until'] === undefined ? {} : { to: timeOf(flags['until'], '--until') }),
  };
  const isFiltered = Object.keys(filter).length > 0;
  if (words.length > 0 && isFiltered) throw new UsageError('Name calls, or choose them by flags; not both.');
  if (words.length > 0) return { ids: words };
  if (!isFiltered)
    throw new UsageError('Name a call, or choose calls by --query, --source, --outcome, --event or --since.');
  return { filter };
}

/** What stands before the mark, without the blanks around it, and what stands behind it. */
function splitAt(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

function changesOf(flags: CommandContext['flags']): { changes?: CallChanges } {
  const headers = listOf(flags['header']).map((text) => {
    const [name, value] = splitAt(text, ':');
    return value === undefined ? { name } : { name, value: value.trim() };
  });
  const values = listOf(flags['set']).map((text) => {
    const [path, value] = splitAt(text, '=');
    return value === undefined ? { path } : { path, value };
  });
  return headers.length + values.length === 0 ? {} : { changes: { headers, values } };
}

function targetOf(flags: CommandContext['flags']): ReplayTarget {
  const to = String(flags['to'] ?? 'receiver');
  if (to === 'receiver' || to === 'mapping') return { kind: to };
  if (!/^https?:\/\//.test(to))
    throw new UsageError(`--to is receiver, mapping or an http(s) URL, not "${to}".`);
  return { kind: 'url', url: to, ...(flags['keep-host'] ? { keepHost: true } : {}) };
}

function timeOf(value: unknown, flag: string): string {
  const at = new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new UsageError(`${flag} takes a time such as 2026-11-24T08:00:00Z.`);
  return at.toISOString();
}
