// `hookbench`: the command line. Works against the running application through its socket, or a serve host with a token.
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { type Command, commands, UsageError } from './command-line/commands.ts';
import { createRemoteEngine, NotRunning, type Where } from './command-line/remote-engine.ts';
import { dataFolder } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';

const options = {
  'data-dir': { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  source: { type: 'string' },
  outcome: { type: 'string' },
  limit: { type: 'string' },
  after: { type: 'string' },
  match: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  data: { type: 'string' },
  file: { type: 'string' },
  type: { type: 'string' },
} as const;

function usage(): string {
  const lines = Object.values(commands).map(({ usage: line, does }) => `  hookbench ${line}\n      ${does}`);
  return `Usage: hookbench <command> [flags]

  hookbench serve [flags]
      runs Hookbench without a window; see hookbench serve --help
${lines.join('\n')}

For every command:
  --json                 one JSON value instead of a table
  --data-dir <folder>    the data folder of the running Hookbench (its socket is used)
  --url <url> --token <token>
                         a serve host instead: its control address and bearer token (or HOOKBENCH_TOKEN)
`;
}

function whereOf(flags: Record<string, unknown>): Where {
  if (flags['url'] !== undefined) {
    const url = String(flags['url']);
    if (!URL.canParse(url))
      throw new UsageError(`--url takes an address such as http://127.0.0.1:4871, not "${url}".`);
    return { url, token: (flags['token'] as string | undefined) ?? process.env['HOOKBENCH_TOKEN'] };
  }
  const dataDir = flags['data-dir'] as string | undefined;
  return {
    dataDir: dataDir ?? dataFolder({ platform: process.platform, env: process.env, home: homedir() }),
  };
}

async function run(command: Command, words: string[], flags: Record<string, never>): Promise<number> {
  const result = await command.run({ engine: createRemoteEngine(whereOf(flags)), words, flags });
  process.stdout.write(flags['json'] ? `${JSON.stringify(result.json)}\n` : result.text);
  return result.exitCode ?? exitCodes.ok;
}

/** The exit code; every failure is one line on standard error. */
async function main(args: string[]): Promise<number> {
  try {
    let parsed: { values: Record<string, unknown>; positionals: string[] };
    try {
      parsed = parseArgs({ args, options, allowPositionals: true });
    } catch (error) {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    }
    const [name, ...words] = parsed.positionals;
    if (name === undefined || parsed.values['help']) {
      process.stdout.write(usage());
      return name === undefined && !parsed.values['help'] ? exitCodes.wrongUsage : exitCodes.ok;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`There is no command "${name}". hookbench --help lists all.`);
    return await run(command, words, parsed.values as Record<string, never>);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) return exitCodes.wrongUsage;
    if (error instanceof NotRunning) return exitCodes.notRunning;
    return exitCodes.failed;
  }
}

if (process.argv[2] === 'serve') {
  process.argv.splice(2, 1);
  await import('./serve.ts');
} else {
  process.exitCode = await main(process.argv.slice(2));
}
