// `hookbench`: the command line. Works against the running application through its socket, or a serve host with a token.
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { type Command, type Flag, UsageError } from './command-line/command.ts';
import { commands } from './command-line/commands.ts';
import { commonFlags, helpForAll, helpForOne } from './command-line/help.ts';
import { createRemoteEngine, NotRunning, type Where } from './command-line/remote-engine.ts';
import { dataFolder } from './data-folder.ts';
import { exitCodes } from './exit-codes.ts';

type Values = Record<string, string | boolean | string[] | undefined>;

function whereOf(flags: Values): Where {
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

/** A flag of another command is as wrong as one that nobody knows. */
function parse(args: string[], command: Command): { values: Values; words: string[] } {
  const options: Record<string, Pick<Flag, 'type' | 'multiple'> & { short?: string }> = {};
  for (const [name, { type, multiple }] of Object.entries({ ...commonFlags, ...command.flags })) {
    options[name] = { type, ...(multiple ? { multiple } : {}), ...(name === 'help' ? { short: 'h' } : {}) };
  }
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: values as Values, words: positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function run(command: Command, args: string[]): Promise<number> {
  const { values: flags, words } = parse(args, command);
  if (flags['help']) {
    process.stdout.write(helpForOne(command));
    return exitCodes.ok;
  }
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const result = await command.run({
    engine: createRemoteEngine(whereOf(flags)),
    words,
    flags,
    signal: interrupted.signal,
    print: (text) => void process.stdout.write(text),
  });
  if (!flags['json']) process.stdout.write(result.text);
  else if (result.json !== undefined) process.stdout.write(`${JSON.stringify(result.json)}\n`);
  return result.exitCode ?? exitCodes.ok;
}

/** The exit code; every failure is one line on standard error. */
async function main([name, ...args]: string[]): Promise<number> {
  try {
    if (name === undefined || name === '--help' || name === '-h') {
      process.stdout.write(helpForAll(commands));
      return name === undefined ? exitCodes.wrongUsage : exitCodes.ok;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`There is no command "${name}". hookbench --help lists all.`);
    return await run(command, args);
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
