// `forward`: passes new calls on, in the foreground until Ctrl+C, or by rules that stay.
import { type CallOutput, type ForwardResult, type ForwardRule, ProblemError } from '#contract';
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  type CommandContext,
  type CommandResult,
  choiceOf,
  numberOf,
  outcomeFlag,
  sourceFlag,
} from '../command.ts';
import { jsonText, tableText, visible } from '../print-table.ts';
import { UsageError } from '../read-arguments.ts';
import { draftOf, ruleFlags } from './forward-draft.ts';

const lookEveryMs = 250;
const resultsAtOnce = 100;

const oneRule = { what: '<rule>', least: 1, most: 1 };

export const forward: Command = {
  usage: [
    'forward [--source <source>] --to <url>… [--event <type>]… [--outcome <outcome>] [--header <header>]… [--replace-headers] [--keep-host] [--replays] [--for <seconds>] [--calls <n>]',
    'forward add [--name <name>] [--source <source>] --to <url>… …',
    'forward list [--source <source>]',
    'forward pause | resume | remove | results <rule>',
  ],
  does: `passes new calls on, byte for byte, and prints each answer until Ctrl+C; exit code ${exitCodes.failed} when the last try of a call failed. With add, a rule that stays`,
  flags: {
    source: sourceFlag,
    to: { type: 'string', multiple: true, takes: '<url>', does: 'where the calls go' },
    event: { type: 'string', multiple: true, takes: '<type>', does: 'only calls of this event type' },
    outcome: outcomeFlag,
    header: {
      type: 'string',
      multiple: true,
      takes: '<header>',
      does: 'set this header, as "X-Environment: development", in the place of a received one',
    },
    'secret-header': {
      type: 'string',
      multiple: true,
      takes: '<name>=<variable>',
      does: 'set this header to what stands in this environment variable; it is stored sealed',
    },
    'replace-headers': {
      type: 'boolean',
      does: 'without the received headers, but those that describe the body',
    },
    'keep-host': { type: 'boolean', does: 'with the Host header as it was received' },
    replays: { type: 'boolean', does: 'replays, samples and simulated events, too' },
    name: { type: 'string', takes: '<name>', does: 'of a rule that stays' },
    for: { type: 'string', takes: '<seconds>', does: 'end after this time' },
    calls: { type: 'string', takes: '<n>', does: 'end when so many were answered or given up' },
  },
  takes: [...ruleFlags, 'for', 'calls'],
  endsItself: true,
  parts: {
    add: { takes: [...ruleFlags, 'name'], run: add },
    list: { takes: ['source'], run: list },
    pause: { words: oneRule, takes: [], run: (context) => switchRule(context, false) },
    resume: { words: oneRule, takes: [], run: (context) => switchRule(context, true) },
    remove: { words: oneRule, takes: [], run: remove },
    results: { words: oneRule, takes: [], run: results },
  },
  examples: [
    'forward --source Newsletter --to http://localhost:3000/hook',
    'forward --to http://localhost:3000/hook --event order.paid --calls 1 --json',
    'forward add --name "To development" --source Newsletter --to http://localhost:3000/hook',
    'forward list',
    'forward pause "To development"',
  ],
  run: foreground,
};

async function foreground(context: CommandContext): Promise<CommandResult> {
  const { engine, flags, signal, print } = context;
  const until =
    Date.now() + 1000 * numberOf(flags['for'], '--for', Number.MAX_SAFE_INTEGER / 1e6, { fraction: true });
  const most = numberOf(flags['calls'], '--calls', Number.POSITIVE_INFINITY, { least: 1 });
  const draft = await draftOf(context, undefined);
  const { rule } = await engine.call('forwards.create', {
    rule: { ...draft, name: `${draft.name} (command line)`.slice(-120) },
    held: true,
  });
  // Under way as long as this program is, so that the rule goes with it, however it ends.
  let isHeld = true;
  const held = engine.call('forwards.hold', { id: rule.id }).finally(() => {
    isHeld = false;
  });
  // What went wrong with it is told where it is looked at.
  held.catch(() => undefined);
  let settled = 0;
  let failed = 0;
  const triesOf = new Map<number, number>();
  try {
    // Answered behind the hold, so that whoever reads the first line knows that it stands.
    await engine.call('forwards.results', { ruleId: rule.id, limit: 1 });
    if (!flags['json'])
      await print(visible(`New calls go to ${draft.urls.join(', ')}. Ctrl+C ends it.`).concat('\n'));
    for (;;) {
      const isLast = signal.aborted || Date.now() >= until;
      for (const result of await since(context, rule.id, triesOf)) {
        if (triesOf.get(result.id) === result.tries) continue;
        triesOf.set(result.id, result.tries);
        await print(flags['json'] ? `${jsonText(result)}\n` : lineOf(result));
        if (result.state === 'waiting') continue;
        settled += 1;
        if (result.state === 'failed') failed += 1;
      }
      if (isLast || settled >= most) break;
      if (!isHeld) {
        await held;
        throw new ProblemError(
          'forward.missing',
          'This rule was deleted by another program. New calls are not passed on any more.',
        );
      }
      await pause(Math.min(lookEveryMs, Math.max(0, until - Date.now())), signal);
    }
  } finally {
    await engine.call('forwards.delete', { id: rule.id });
  }
  return { json: undefined, text: '', exitCode: failed > 0 ? exitCodes.failed : exitCodes.ok };
}

/** What was tried since, oldest first. Looks back as far as something still waits. */
async function since(
  { engine }: CommandContext,
  ruleId: string,
  triesOf: ReadonlyMap<number, number>,
): Promise<ForwardResult[]> {
  const tried: ForwardResult[] = [];
  let before: string | undefined;
  do {
    const page: CallOutput<'forwards.results'> = await engine.call('forwards.results', {
      ruleId,
      limit: resultsAtOnce,
      ...(before === undefined ? {} : { before }),
    });
    tried.push(...page.results.filter(({ tries }) => tries > 0));
    const isKnown = page.results.every(
      ({ id, tries, state }) => state !== 'waiting' && triesOf.get(id) === tries,
    );
    before = isKnown ? undefined : page.next;
  } while (before !== undefined);
  return tried.reverse();
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}

function lineOf({
  captureId,
  url,
  state,
  status,
  failure,
  tookMs,
  tries,
  nextAt,
  lastAt,
}: ForwardResult): string {
  const took = tookMs === undefined ? '' : `${Math.round(tookMs)} ms`;
  const more = nextAt === undefined ? '' : `try ${tries}, again at ${nextAt}`;
  const what = state === 'failed' ? 'given up' : more;
  const cells = [lastAt ?? '', captureId, url, String(status ?? ''), took, failure ?? '', what];
  return `${visible(cells.filter((cell) => cell !== '').join('  '))}\n`;
}

async function add(context: CommandContext): Promise<CommandResult> {
  const name = context.flags['name'] === undefined ? undefined : String(context.flags['name']);
  const { rule } = await context.engine.call('forwards.create', { rule: await draftOf(context, name) });
  return { json: rule, text: rulesText([rule], context.columns) };
}

async function list(context: CommandContext): Promise<CommandResult> {
  const { dataSourceId } = await choiceOf(context);
  const { rules } = await context.engine.call(
    'forwards.list',
    dataSourceId === undefined ? {} : { dataSourceId },
  );
  return { json: rules, text: rulesText(rules, context.columns) };
}

/** @throws UsageError */
async function ruleOf({ engine, words }: CommandContext): Promise<ForwardRule> {
  const [wanted = ''] = words;
  const { rules } = await engine.call('forwards.list', {});
  const byId = rules.find(({ id }) => id === wanted);
  if (byId) return byId;
  const [only, another] = rules.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (another)
    throw new UsageError(`Several rules are named "${wanted}". Use the id: hookbench forward list`);
  if (!only) throw new UsageError(`There is no rule "${wanted}". List them: hookbench forward list`);
  return only;
}

async function switchRule(context: CommandContext, enabled: boolean): Promise<CommandResult> {
  const { id } = await ruleOf(context);
  const { rule } = await context.engine.call('forwards.switch', { id, enabled });
  return { json: rule, text: rulesText([rule], context.columns) };
}

async function remove(context: CommandContext): Promise<CommandResult> {
  const { id, name } = await ruleOf(context);
  await context.engine.call('forwards.delete', { id });
  return { json: { id }, text: `${visible(name)} is removed.\n` };
}

async function results(context: CommandContext): Promise<CommandResult> {
  const { id } = await ruleOf(context);
  const page = await context.engine.call('forwards.results', { ruleId: id, limit: resultsAtOnce });
  const rows = page.results.map((result) => [
    result.state,
    String(result.status ?? ''),
    String(result.tries),
    result.url,
    result.captureId,
    result.failure ?? '',
  ]);
  const head = ['STATE', 'STATUS', 'TRIES', 'URL', 'CALL', 'WHY'];
  return {
    json: page.results,
    text: tableText(head, rows, 'No call was passed on yet.', { columns: context.columns, whole: ['CALL'] }),
  };
}

function rulesText(rules: readonly ForwardRule[], columns: number | undefined): string {
  const rows = rules.map(({ name, enabled, urls, counts, id }) => [
    name,
    enabled ? 'on' : 'paused',
    urls.join(' '),
    String(counts.delivered),
    String(counts.waiting),
    String(counts.failed),
    id,
  ]);
  return tableText(
    ['NAME', 'STATE', 'TO', 'DELIVERED', 'WAITING', 'FAILED', 'ID'],
    rows,
    'There is no rule yet.',
    { columns, whole: ['ID'] },
  );
}
