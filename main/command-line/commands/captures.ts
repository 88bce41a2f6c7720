// `captures`: list, search, show, body, export, import.
import { type CallOutput, type CaptureSummary, captureFileFormat } from '#contract';
import {
  type Command,
  type CommandContext,
  type CommandResult,
  capturesText,
  choiceOf,
  findSource,
  listOf,
  numberOf,
  outcomeFlag,
  sourceFlag,
  UsageError,
} from '../command.ts';
import { exportTo } from './export-captures.ts';
import { importFrom } from './import-captures.ts';

const parts: Record<string, (context: CommandContext) => Promise<CommandResult>> = {
  list,
  search,
  show,
  body,
  export: exportFile,
  import: importFile,
};

export const captures: Command = {
  usage: [
    'captures list [--source <source>] [--outcome <outcome>] [--limit <n>]',
    'captures search <query> [--source <source>] [--limit <n>]',
    'captures show <id>',
    'captures body <id>',
    'captures export [--format har|ndjson|json|csv] [--out <file>] [--query <query>] [--source <source>] [--mask <path>]… [--unmasked]',
    'captures import <file> [--source <source>]',
  ],
  does: 'lists or searches received calls, shows one, prints its body as it came; writes calls to a file, or takes them in',
  flags: {
    source: sourceFlag,
    outcome: outcomeFlag,
    limit: { type: 'string', takes: '<n>', does: 'at most so many (20)' },
    format: { type: 'string', takes: '<format>', does: 'har, ndjson (the default), json or csv' },
    out: { type: 'string', takes: '<file>', does: 'the file to write; standard output without it' },
    query: { type: 'string', takes: '<query>', does: 'only calls that this search finds' },
    mask: { type: 'string', multiple: true, takes: '<path>', does: 'mask the values at this path, too' },
    unmasked: { type: 'boolean', does: 'with secrets, signatures and webhook URLs as they came' },
  },
  words: Object.keys(parts),
  examples: [
    'captures list --source Newsletter --outcome rejected --limit 5',
    "captures search 'status:rejected size:>1kb'",
    'captures show cap_…',
    'captures body cap_… > body.bin',
    'captures export --format har --out calls.har --mask data.email',
    'captures import calls.har',
  ],
  async run(context) {
    const [what = 'list'] = context.words;
    const part = Object.hasOwn(parts, what) ? parts[what] : undefined;
    if (!part) throw new UsageError(`captures has no "${what}". It has ${Object.keys(parts).join(', ')}.`);
    return await part(context);
  },
};

async function list(context: CommandContext): Promise<CommandResult> {
  const { captures: found } = await context.engine.call('captures.list', {
    ...(await choiceOf(context)),
    limit: numberOf(context.flags['limit'], '--limit', 20),
  });
  return { json: found, text: capturesText(found) };
}

/** A page of a search may be empty and still go on: then its time was over. */
async function search(context: CommandContext): Promise<CommandResult> {
  const query = context.words.slice(1).join(' ');
  if (query.trim() === '') throw new UsageError('Type what to search for: hookbench captures search <query>');
  const limit = numberOf(context.flags['limit'], '--limit', 20);
  const choice = await choiceOf(context);
  const found: CaptureSummary[] = [];
  let before: string | undefined;
  do {
    const page: CallOutput<'captures.list'> = await context.engine.call('captures.list', {
      ...choice,
      query,
      limit: Math.min(500, limit - found.length),
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page.captures);
    before = page.next;
  } while (before !== undefined && found.length < limit && !context.signal.aborted);
  return { json: found, text: capturesText(found) };
}

async function show({ engine, words }: CommandContext): Promise<CommandResult> {
  const { capture } = await engine.call('captures.get', { id: words[1] ?? '' });
  return { json: capture, text: `${JSON.stringify(capture, null, 2)}\n` };
}

async function body({ engine, words }: CommandContext): Promise<CommandResult> {
  const { base64 } = await engine.call('captures.body', { id: words[1] ?? '' });
  return { json: { base64 }, text: Buffer.from(base64, 'base64') };
}

async function exportFile(context: CommandContext): Promise<CommandResult> {
  const { flags } = context;
  const format = captureFileFormat.safeParse(flags['format'] ?? 'ndjson');
  if (!format.success) throw new UsageError(`--format is one of ${captureFileFormat.options.join(', ')}.`);
  return await exportTo(context, {
    format: format.data,
    out: flags['out'] === undefined ? undefined : String(flags['out']),
    choice: {
      ...(await choiceOf(context)),
      ...(flags['query'] === undefined ? {} : { query: String(flags['query']) }),
      ...(flags['unmasked'] ? { unmasked: true } : {}),
      ...(flags['mask'] === undefined ? {} : { maskPaths: listOf(flags['mask']) }),
    },
  });
}

async function importFile({ engine, words, flags }: CommandContext): Promise<CommandResult> {
  const [, file] = words;
  if (file === undefined) throw new UsageError('Name the file: hookbench captures import <file>');
  const into = flags['source'] === undefined ? undefined : await findSource(engine, String(flags['source']));
  return await importFrom(engine, file, into?.id);
}
