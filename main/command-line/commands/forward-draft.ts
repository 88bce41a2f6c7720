// A rule that passes calls on, from the flags that describe it.
import type { ForwardRuleDraft } from '#contract';
import { type CommandContext, choiceOf, listOf, pairOf } from '../command.ts';
import { UsageError } from '../read-arguments.ts';

/** What a rule is made of. */
export const ruleFlags = [
  'source',
  'to',
  'event',
  'outcome',
  'header',
  'secret-header',
  'replace-headers',
  'keep-host',
  'replays',
];
/** @throws UsageError */
export async function draftOf(context: CommandContext, name: string | undefined): Promise<ForwardRuleDraft> {
  const { flags, env } = context;
  const urls = listOf(flags['to']);
  if (urls.length === 0) throw new UsageError('Say where the calls go: --to http://localhost:3000/hook');
  const { dataSourceId, outcome } = await choiceOf(context);
  return {
    name: name ?? `To ${urls.join(', ')}`.slice(0, 120),
    ...(dataSourceId === undefined ? {} : { dataSourceId }),
    urls,
    filter: { eventTypes: listOf(flags['event']), outcomes: outcome === undefined ? [] : [outcome] },
    headers: {
      mode: flags['replace-headers'] ? 'replaced' : 'kept',
      set: [
        ...listOf(flags['header']).map(headerOf),
        ...listOf(flags['secret-header']).map((text) => secretHeaderOf(text, env)),
      ],
      keepHost: flags['keep-host'] === true,
    },
    includesReplays: flags['replays'] === true,
  };
}

function headerOf(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 1) throw new UsageError(`--header takes "Name: value", not "${line}".`);
  return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
}

/** From the environment, because every program of this computer can read what is typed on a command line. */
function secretHeaderOf(text: string, env: CommandContext['env']) {
  const { name, text: variable } = pairOf(text, '--secret-header', '<name>');
  const value = env[variable];
  if (value === undefined) throw new UsageError(`There is no environment variable ${variable}.`);
  return { name, value, secret: true };
}
