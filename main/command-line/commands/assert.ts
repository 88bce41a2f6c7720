// `assert`: checks what came, for tests and continuous integration. Every check is printed with what was found; all must hold.
import type { CaptureSummary } from '#contract';
import { compareNumbers } from '../../engine/mapping/exact-compare.ts';
import { ExactNumber } from '../../engine/parsing/payload-value.ts';
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  type CommandContext,
  choiceOf,
  listOf,
  numberOf,
  outcomeFlag,
  pathOf,
  pathPairOf,
  sourceFlag,
} from '../command.ts';
import { visible } from '../print-table.ts';
import { UsageError } from '../read-arguments.ts';

interface Check {
  check: string;
  held: boolean;
  found: string;
}

const pageSize = 500;
const mostCalls = 5_000;
const lookEveryMs = 300;
const namedOffenders = 3;

export const assert: Command = {
  usage: [
    'assert [--source <source>] [--after <sequence>] [--outcome <outcome>] [--query <query>] <checks> [--timeout <seconds>]',
  ],
  does: `checks the calls that came; exit code ${exitCodes.failed} unless every check holds, within the time where one is given`,
  flags: {
    source: sourceFlag,
    outcome: outcomeFlag,
    after: { type: 'string', takes: '<sequence>', does: 'only calls behind this one' },
    query: { type: 'string', takes: '<query>', does: 'only calls that this search finds' },
    count: { type: 'string', takes: '<n>', does: 'exactly so many calls' },
    min: { type: 'string', takes: '<n>', does: 'at least so many' },
    max: { type: 'string', takes: '<n>', does: 'at most so many' },
    every: {
      type: 'string',
      multiple: true,
      takes: '<path>=<text>',
      does: 'every call has this value (true of none at all: see --min)',
    },
    some: { type: 'string', multiple: true, takes: '<path>=<text>', does: 'at least one call has it' },
    none: { type: 'string', multiple: true, takes: '<path>=<text>', does: 'no call has it' },
    unique: { type: 'string', multiple: true, takes: '<path>', does: 'no two calls have the same value' },
    ascending: {
      type: 'string',
      multiple: true,
      takes: '<path>',
      does: 'values never go down, in order of arrival',
    },
    'answered-within': { type: 'string', takes: '<ms>', does: 'every call was answered in this time' },
    timeout: {
      type: 'string',
      takes: '<seconds>',
      does: 'look again until everything holds, for so long (0)',
    },
  },
  examples: [
    'assert --source Newsletter --min 1 --every type=subscribe --timeout 30',
    'assert --source "Web shop" --after 120 --count 3 --unique id --ascending id --answered-within 500',
  ],
  endsItself: true,
  async run(context) {
    const judge = judgeOf(context.flags);
    const until = Date.now() + 1000 * numberOf(context.flags['timeout'], '--timeout', 0, { fraction: true });
    for (;;) {
      const calls = await callsOf(context);
      const checks = await judge(calls, context);
      const held = checks.every((each) => each.held);
      if (held || Date.now() >= until || context.signal.aborted) {
        const lines = checks.map(
          ({ held: ok, check, found }) => `${ok ? 'holds' : 'FAILS'}  ${visible(check)}: ${visible(found)}\n`,
        );
        return {
          json: { held, calls: calls.length, checks },
          text: lines.join(''),
          exitCode: held ? exitCodes.ok : exitCodes.failed,
        };
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  },
};

/** In order of arrival. */
async function callsOf(context: CommandContext): Promise<CaptureSummary[]> {
  const { engine, flags } = context;
  const choice = await choiceOf(context);
  const after = numberOf(flags['after'], '--after', 0);
  const found: CaptureSummary[] = [];
  let before: string | undefined;
  do {
    const page = await engine.call('captures.list', {
      ...choice,
      ...(flags['query'] === undefined ? {} : { query: String(flags['query']) }),
      after,
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
    });
    // Also where the engine knows no `after` for this list.
    found.push(...page.captures.filter(({ sequence }) => sequence > after));
    const last = page.captures.at(-1);
    before = last && last.sequence <= after ? undefined : page.next;
    if (found.length > mostCalls) {
      throw new UsageError(
        `More than ${mostCalls} calls fit. Choose fewer with --after, --source or --query.`,
      );
    }
  } while (before !== undefined);
  return found.reverse();
}

type Judge = (calls: CaptureSummary[], context: CommandContext) => Promise<Check[]>;

/** @throws UsageError where there is nothing to check */
function judgeOf(flags: CommandContext['flags']): Judge {
  const judges: Judge[] = [];
  const counted = (flag: 'count' | 'min' | 'max', holds: (calls: number, wanted: number) => boolean) => {
    if (flags[flag] === undefined) return;
    const wanted = numberOf(flags[flag], `--${flag}`, 0);
    judges.push(async (calls) => [
      { check: `${flag} ${wanted}`, held: holds(calls.length, wanted), found: `${calls.length} calls` },
    ]);
  };
  counted('count', (calls, wanted) => calls === wanted);
  counted('min', (calls, wanted) => calls >= wanted);
  counted('max', (calls, wanted) => calls <= wanted);
  for (const text of listOf(flags['every']))
    judges.push(valued('every', text, (count, all) => count === all));
  for (const text of listOf(flags['some'])) judges.push(valued('some', text, (count) => count > 0));
  for (const text of listOf(flags['none'])) judges.push(valued('none', text, (count) => count === 0));
  for (const path of listOf(flags['unique'])) judges.push(unique(pathOf(path, '--unique')));
  for (const path of listOf(flags['ascending'])) judges.push(ascending(pathOf(path, '--ascending')));
  if (flags['answered-within'] !== undefined) {
    judges.push(
      answeredWithin(numberOf(flags['answered-within'], '--answered-within', 0, { fraction: true })),
    );
  }
  if (judges.length === 0) {
    throw new UsageError('Say what to check, such as --count 3 or --every <path>=<text>.');
  }
  return async (calls, context) => {
    const checks: Check[] = [];
    for (const judge of judges) checks.push(...(await judge(calls, context)));
    return checks;
  };
}

function valued(kind: string, text: string, holds: (count: number, all: number) => boolean): Judge {
  const { path, equals } = pathPairOf(text, `--${kind}`);
  return async (calls, context) => {
    const values = await valuesAt(calls, path, context);
    const fitting = values.filter((value) => value === equals).length;
    const others = calls.filter((_, i) => values[i] !== equals).map(({ sequence }) => `#${sequence}`);
    const named = kind === 'every' && others.length > 0 ? `, not ${someOf(others)}` : '';
    return [
      {
        check: `${kind} ${text}`,
        held: holds(fitting, calls.length),
        found: `${fitting} of ${calls.length} calls${named}`,
      },
    ];
  };
}

function unique(path: string): Judge {
  return async (calls, context) => {
    const seen = new Map<string, number>();
    for (const value of await valuesAt(calls, path, context)) {
      if (value !== undefined) seen.set(value, (seen.get(value) ?? 0) + 1);
    }
    const repeated = [...seen]
      .filter(([, count]) => count > 1)
      .map(([value, count]) => `${value} (${count}×)`);
    const found = repeated.length === 0 ? `${seen.size} values` : `repeated: ${someOf(repeated)}`;
    return [{ check: `unique ${path}`, held: repeated.length === 0, found }];
  };
}

function ascending(path: string): Judge {
  return async (calls, context) => {
    const values = (await valuesAt(calls, path, context)).filter((value) => value !== undefined);
    const falls = values.flatMap((value, i) => {
      const before = values[i - 1];
      return before !== undefined && isLess(value, before) ? [`${value} after ${before}`] : [];
    });
    const found = falls.length === 0 ? `${values.length} values` : someOf(falls);
    return [{ check: `ascending ${path}`, held: falls.length === 0, found }];
  };
}

function answeredWithin(ms: number): Judge {
  return async (calls) => {
    // What was indexed again or taken in from a file was never answered.
    const answered = calls.filter(
      ({ origin, answeredInMs }) => origin === 'call' || answeredInMs !== undefined,
    );
    const slow = answered.filter(({ answeredInMs }) => (answeredInMs ?? Number.POSITIVE_INFINITY) > ms);
    const slowest = Math.max(0, ...calls.map(({ answeredInMs }) => answeredInMs ?? 0));
    const found =
      slow.length === 0
        ? `slowest ${slowest} ms`
        : someOf(
            slow.map(({ sequence, answeredInMs }) => `#${sequence} ${answeredInMs ?? 'not answered'} ms`),
          );
    return [{ check: `answered within ${ms} ms`, held: slow.length === 0, found }];
  };
}

async function valuesAt(
  calls: readonly CaptureSummary[],
  path: string,
  { engine }: CommandContext,
): Promise<(string | undefined)[]> {
  const values: (string | undefined)[] = [];
  for (const { id } of calls) {
    try {
      values.push((await engine.call('captures.value', { id, path })).text);
    } catch (error) {
      if (!isNoValue(error)) throw error;
      values.push(undefined);
    }
  }
  return values;
}

/** A path that leads nowhere in one call, or a body that cannot be read, is no value; everything else is a fault. */
function isNoValue(error: unknown): boolean {
  const code = (error as { problem?: { code?: string } }).problem?.code;
  return code === 'input.invalid' || code === 'payload.unreadable';
}

function isLess(a: string, b: string): boolean {
  const numbers = [a, b].every((text) => /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text));
  return numbers ? compareNumbers(new ExactNumber(a), new ExactNumber(b)) < 0 : a < b;
}

function someOf(texts: readonly string[]): string {
  const more = texts.length - namedOffenders;
  return `${texts.slice(0, namedOffenders).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
