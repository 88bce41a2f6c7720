// One command from its words to its exit code. Knows no process: where it prints and what ends it is given.
import { nearestOf, ProblemError } from '#contract';
import packageJson from '../../package.json' with { type: 'json' };
import { dataFolder } from '../data-folder.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Action, Command } from './command.ts';
import { commands } from './commands.ts';
import { commonFlags, helpForAll, helpForOne } from './help.ts';
import { type Output, OutputClosed } from './output.ts';
import { jsonText, visibleLines } from './print-table.ts';
import { type FlagValues, readArguments, UsageError } from './read-arguments.ts';
import { createRemoteEngine, NotRunning, type Where } from './remote-engine.ts';

export interface Surroundings {
  platform: NodeJS.Platform;
  /** The environment: `HOOKBENCH_TOKEN`, what leads to the data folder, and what `--secret-header` names. */
  env: Record<string, string | undefined>;
  /** The user's home folder. */
  home: string;
  output: Output;
  /** Standard error. */
  complain(text: string): void;
  /** Fires, with an `Interrupted` as its reason, when the program is to end. */
  signal: AbortSignal;
}

/** The program was told to end. */
export class Interrupted extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super('Ended before it was done.');
    this.exitCode = exitCode;
  }
}

/** Gives the exit code. Every failure is a sentence on standard error. */
export async function runCommandLine(args: string[], surroundings: Surroundings): Promise<number> {
  try {
    return await run(args, surroundings);
  } catch (error) {
    if (error instanceof OutputClosed) return exitCodes.outputClosed;
    surroundings.complain(`${visibleLines(messageOf(error))}\n`);
    if (error instanceof UsageError) return exitCodes.wrongUsage;
    if (error instanceof NotRunning) return exitCodes.notRunning;
    if (error instanceof Interrupted) return error.exitCode;
    return exitCodes.failed;
  }
}

async function run(args: string[], surroundings: Surroundings): Promise<number> {
  const { output } = surroundings;
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    await output.write(
      name === 'help' && topic !== undefined ? helpForOne(commandOf(topic)) : helpForAll(commands),
    );
    return name === undefined ? exitCodes.wrongUsage : exitCodes.ok;
  }
  if (name === '--version') {
    await output.write(`${packageJson.version}\n`);
    return exitCodes.ok;
  }
  if (name.startsWith('-')) {
    throw new UsageError(`Flags stand behind the command: hookbench <command> ${name} …`);
  }
  return await runOne(name, commandOf(name), rest, surroundings);
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  const near = nearestOf(name, [...Object.keys(commands), 'serve']);
  throw new UsageError(
    `There is no command "${name}". ${near ? `Did you mean "${near}"?` : 'hookbench --help lists all.'}`,
  );
}

async function runOne(
  name: string,
  command: Command,
  args: string[],
  { platform, env, home, output, signal }: Surroundings,
): Promise<number> {
  const { values: flags, words } = readArguments(
    args,
    { ...commonFlags, ...command.flags },
    `hookbench ${name}`,
  );
  if (flags['help']) {
    await output.write(helpForOne(command));
    return exitCodes.ok;
  }
  const { action, path, behind } = actionOf(name, command, words);
  refuseStrayFlags(flags, action, path);
  refuseStrayWords(behind, action, path);
  const where = whereOf(flags, { platform, env, home });
  const result = await action.run({
    engine: createRemoteEngine(where, action.endsItself ? undefined : signal),
    words: behind,
    flags,
    env,
    signal,
    columns: output.columns,
    print: (text) => output.write(text),
  });
  if (!flags['json']) await output.write(result.text);
  else if (result.json !== undefined) await output.write(`${jsonText(result.json)}\n`);
  return result.exitCode ?? exitCodes.ok;
}

/** The part of the command that the first word names, or the command itself where none is named. */
function actionOf(
  name: string,
  command: Command,
  words: string[],
): { action: Action; path: string; behind: string[] } {
  const [first, ...behind] = words;
  if (!command.parts || first === undefined) {
    return { action: command, path: `hookbench ${name}`, behind: words };
  }
  const part = Object.hasOwn(command.parts, first) ? command.parts[first] : undefined;
  if (part) return { action: part, path: `hookbench ${name} ${first}`, behind };
  const names = Object.keys(command.parts);
  const near = nearestOf(first, names);
  const hint = near ? `Did you mean "${near}"?` : `It has ${names.join(', ')}.`;
  throw new UsageError(`hookbench ${name} has no "${first}". ${hint}`);
}

/** A flag of another part is as wrong as one that nobody knows. */
function refuseStrayFlags(flags: FlagValues, { takes }: Action, path: string): void {
  if (!takes) return;
  for (const flag of Object.keys(flags)) {
    if (takes.includes(flag) || Object.hasOwn(commonFlags, flag)) continue;
    const own = takes.length === 0 ? 'none of its own' : takes.map((name) => `--${name}`).join(' ');
    throw new UsageError(`${path} does not take --${flag}. Its flags: ${own}.`);
  }
}

function refuseStrayWords(given: readonly string[], { words }: Action, path: string): void {
  const { what, least, most } = words ?? { what: 'words', least: 0, most: 0 };
  if (given.length < least) throw new UsageError(`${path} needs ${what}: ${path} ${what}`);
  if (given.length <= most) return;
  const stray = given.slice(most).map((word) => `"${word}"`);
  throw new UsageError(
    most === 0
      ? `${path} takes flags only, not ${stray.join(' ')}.`
      : `${path} takes one ${what}, and there is more: ${stray.join(' ')}. Put a name with blanks in quotes.`,
  );
}

function whereOf(
  flags: FlagValues,
  { platform, env, home }: Pick<Surroundings, 'platform' | 'env' | 'home'>,
): Where {
  const { url, 'data-dir': dataDir, token } = flags;
  if (url !== undefined && dataDir !== undefined) {
    throw new UsageError('Give --url or --data-dir, not both.');
  }
  if (dataDir === '') throw new UsageError('--data-dir needs the name of a folder.');
  if (url === undefined) {
    if (token !== undefined) throw new UsageError('--token goes with --url; the socket needs none.');
    return { dataDir: dataDir === undefined ? dataFolder({ platform, env, home }) : String(dataDir) };
  }
  const address = String(url);
  if (!URL.canParse(address) || new URL(address).protocol !== 'http:') {
    throw new UsageError(`--url takes an address such as http://127.0.0.1:4871, not "${address}".`);
  }
  const bearer = token === undefined ? env['HOOKBENCH_TOKEN'] : String(token);
  if (bearer !== undefined && !/^[\x21-\x7e]+$/.test(bearer)) {
    throw new UsageError('The token may hold letters, digits and signs only, without blanks.');
  }
  return { url: address, token: bearer };
}

function messageOf(error: unknown): string {
  if (!(error instanceof ProblemError)) return error instanceof Error ? error.message : String(error);
  const { message, at } = error.problem;
  return at ? `${message} (character ${at.offset + 1})` : message;
}
