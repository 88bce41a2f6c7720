// `captures`: list, search, show, body, export, import.
import { captureFileFormat } from '#contract';
import {
  type Command,
  type CommandContext,
  type CommandResult,
  capturesText,
  choiceOf,
  choiceOfFlag,
  findSource,
  listOf,
  numberOf,
  outcomeFlag,
  pathOf,
  sourceFlag,
} from '../command.ts';
import { mostListed, pagesOf } from '../pages.ts';
import { jsonText } from '../print-table.ts';
import { UsageError } from '../read-arguments.ts';
import { exportTo } from './export-captures.ts';
import { importFrom } from './import-captures.ts';

const listFlags = ['source', 'outcome', 'query', 'limit'];
const oneCall = { what: '<id>', least: 1, most: 1 };

export const captures: Command = {
  usage: [
    'captures list [--source <source>] [--outcome <outcome>] [--query <query>] [--limit <n>]',
    'captures search <query> [--source <source>] [--outcome <outcome>] [--limit <n>]',
    'captures show <id>',
    'captures body <id>',
    'captures export [--format har|ndjson|json|csv] [--out <file>] [--query <query>] [--source <source>] [--outcome <outcome>] [--mask <path>]… [--unmasked]',
    'captures import <file> [--source <source>]',
  ],
  does: 'lists or searches received calls, shows one, prints its body as it came; writes calls to a file, or takes them in',
  flags: {
    source: sourceFlag,
    outcome: outcomeFlag,
    limit: { type: 'string', takes: '<n>', does: `at most so many (20), up to ${mostListed}` },
    format: {
      type: 'string',
      takes: '<format>',
      choices: captureFileFormat.options,
      does: 'har, ndjson (the default), json or csv',
    },
    out: {
      type: 'string',
      takes: '<file>',
      does: 'the file to write, or to replace when all is written; standard output without it',
    },
    query: { type: 'string', takes: '<query>', does: 'only calls that this search finds' },
    mask: { type: 'string', multiple: true, takes: '<path>', does: 'mask the values at this path, too' },
    unmasked: { type: 'boolean', does: 'with secrets, signatures and webhook URLs as they came' },
  },
  takes: listFlags,
  parts: {
    list: { takes: listFlags, run: async (context) => await list(context, context.flags['query']) },
    search: {
      words: { what: '<query>', least: 1, most: Number.POSITIVE_INFINITY },
      takes: ['source', 'outcome', 'limit'],
      run: async (context) => await list(context, context.words.join(' ')),
    },
    show: { words: oneCall, takes: [], run: show },
    body: { words: oneCall, takes: [], run: body },
    export: {
      takes: ['format', 'out', 'query', 'source', 'outcome', 'mask', 'unmasked'],
      run: exportFile,
    },
    import: { words: { what: '<file>', least: 1, most: 1 }, takes: ['source'], run: importFile },
  },
  examples: [
    'captures list --source Newsletter --outcome rejected --limit 5',
    "captures search 'status:rejected size:>1kb'",
    'captures show cap_…',
    'captures body cap_… > body.bin',
    'captures export --format har --out calls.har --mask data.email',
    'captures import calls.har',
  ],
  run: async (context) => await list(context, context.flags['query']),
};

async function list(context: CommandContext, query: unknown): Promise<CommandResult> {
  const { engine, flags, columns } = context;
  const most = numberOf(flags['limit'], '--limit', 20, { least: 1, most: mostListed });
  const choice = await choiceOf(context);
  const found = await pagesOf(most, async (page) => {
    const { captures: onPage, next } = await engine.call('captures.list', {
      ...choice,
      ...(query === undefined ? {} : { query: String(query) }),
      ...page,
    });
    return { found: onPage, next };
  });
  return { json: found, text: capturesText(found, columns) };
}

async function show({ engine, words }: CommandContext): Promise<CommandResult> {
  const { capture } = await engine.call('captures.get', { id: words[0] ?? '' });
  return { json: capture, text: `${jsonText(capture, 2)}\n` };
}

async function body({ engine, words }: CommandContext): Promise<CommandResult> {
  const { base64 } = await engine.call('captures.body', { id: words[0] ?? '' });
  return { json: { base64 }, text: Buffer.from(base64, 'base64') };
}

async function exportFile(context: CommandContext): Promise<CommandResult> {
  const { flags } = context;
  const format = choiceOfFlag(flags['format'] ?? 'ndjson', '--format', captureFileFormat.options);
  const maskPaths = listOf(flags['mask']).map((path) => pathOf(path, '--mask'));
  if (flags['unmasked'] && maskPaths.length > 0) {
    throw new UsageError('Give --unmasked or --mask, not both: --unmasked writes every value as it came.');
  }
  return await exportTo(context, {
    format,
    out: flags['out'] === undefined ? undefined : String(flags['out']),
    choice: {
      ...(await choiceOf(context)),
      ...(flags['query'] === undefined ? {} : { query: String(flags['query']) }),
      ...(flags['unmasked'] ? { unmasked: true } : {}),
      ...(maskPaths.length === 0 ? {} : { maskPaths }),
    },
  });
}

async function importFile({ engine, words, flags }: CommandContext): Promise<CommandResult> {
  const [file = ''] = words;
  const into = flags['source'] === undefined ? undefined : await findSource(engine, String(flags['source']));
  return await importFrom(engine, file, into?.id);
}
