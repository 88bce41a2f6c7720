// What a command is, and what commands share: reading words and flags, finding a data source by its name.
import { type CaptureSummary, type Connection, type DataSource, nearestOf, outcome } from '#contract';
import { compilePath } from '../engine/mapping/compile-path.ts';
import { exitCodes } from '../exit-codes.ts';
import { tableText } from './print-table.ts';
import { type Flag, type Flags, type FlagValues, UsageError } from './read-arguments.ts';
import type { RemoteEngine } from './remote-engine.ts';

export interface CommandContext {
  engine: RemoteEngine;
  /** What follows the name of the command and of its part. */
  words: string[];
  flags: FlagValues;
  /** The environment. */
  env: Record<string, string | undefined>;
  /** Fires at Ctrl+C. */
  signal: AbortSignal;
  /** How wide the terminal is; undefined where the output is a file or a pipe. */
  columns: number | undefined;
  /** Prints while the command goes on; waits until it is taken. */
  print(text: string): Promise<void>;
}

export interface CommandResult {
  /** What `--json` prints; undefined where all is printed already. */
  json: unknown;
  text: string | Uint8Array;
  exitCode?: number;
}

/** Words behind a command, such as `<source>`. */
export interface Words {
  what: string;
  least: number;
  most: number;
}

/** What a command does, or one of its parts. */
export interface Action {
  /** None where it is left out. */
  words?: Words;
  /** The flags that it takes; all of the command where it is left out. */
  takes?: readonly string[];
  /** It ends in order by itself at Ctrl+C; for every other one the calls of the engine end. */
  endsItself?: boolean;
  run(context: CommandContext): Promise<CommandResult>;
}

export interface Command extends Action {
  usage: readonly string[];
  does: string;
  flags: Flags;
  /** Chosen by the first word. */
  parts?: Readonly<Record<string, Action>>;
  examples: readonly string[];
}

/** One data source. */
export const oneSource: Words = { what: '<source>', least: 1, most: 1 };

export const sourceFlag: Flag = {
  type: 'string',
  takes: '<source>',
  does: 'of this data source, by name or id',
};
export const outcomeFlag: Flag = {
  type: 'string',
  takes: '<outcome>',
  choices: outcome.options,
  does: outcome.options.join(', '),
};

/** @throws UsageError */
export async function findSource(engine: RemoteEngine, wanted: string | undefined): Promise<DataSource> {
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
  if (!only) {
    const near = nearestOf(
      wanted,
      dataSources.map(({ name }) => name),
    );
    const hint = near ? `Did you mean "${near}"?` : 'List them: hookbench sources';
    throw new UsageError(`There is no data source "${wanted}". ${hint}`);
  }
  return only;
}

export const connectionFlag: Flag = {
  type: 'string',
  takes: '<connection>',
  does: 'of this connection, by name or id; the first one without it',
};

/** @throws UsageError */
export function connectionOf({ name, connections }: DataSource, wanted: unknown): Connection {
  const fitting =
    wanted === undefined
      ? connections.slice(0, 1)
      : connections.filter(
          (each) => each.id === wanted || each.name.toLowerCase() === String(wanted).toLowerCase(),
        );
  const [only, another] = fitting;
  if (only && !another) return only;
  const names = connections.map((each) => `"${each.name}" (${each.id})`).join(', ');
  throw new UsageError(
    another
      ? `Several connections of "${name}" are named "${wanted}". Use the id: ${names}`
      : `"${name}" has no connection "${wanted}". It has ${names || 'none'}.`,
  );
}

/** The flags that choose calls, as the input of `captures.list` and its like. */
export async function choiceOf({ engine, flags }: CommandContext) {
  const source =
    flags['source'] === undefined ? undefined : await findSource(engine, String(flags['source']));
  return {
    ...(source ? { dataSourceId: source.id } : {}),
    ...(flags['outcome'] === undefined
      ? {}
      : { outcome: choiceOfFlag(flags['outcome'], '--outcome', outcome.options) }),
  };
}

export function capturesText(captures: readonly CaptureSummary[], columns: number | undefined): string {
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
  return tableText(head, rows, 'No call fits.', { columns, whole: ['SEQ', 'RECEIVED', 'ID'] });
}

/** `<name>=<text>` */
export function pairOf(text: string, flag: string, name: string): { name: string; text: string } {
  const mark = text.indexOf('=');
  if (mark < 1) throw new UsageError(`${flag} takes ${name}=<text>, not "${text}".`);
  return { name: text.slice(0, mark), text: text.slice(mark + 1) };
}

/** The path that a flag was given, checked before anything is done with it. */
export function pathOf(path: string, flag: string): string {
  const compiled = compilePath(path);
  if (!compiled.ok) {
    throw new UsageError(
      `${flag}: "${path}" is no path: ${compiled.message} (character ${compiled.position + 1})`,
    );
  }
  return path;
}

/** `<path>=<text>` */
export function pathPairOf(text: string, flag: string): { path: string; equals: string } {
  const { name, text: equals } = pairOf(text, flag, '<path>');
  return { path: pathOf(name, flag), equals };
}

/** One of the choices of a flag. */
export function choiceOfFlag<T extends string>(value: unknown, flag: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (!found) throw new UsageError(`${flag} is one of ${choices.join(', ')}, not "${value}".`);
  return found;
}

/** What a number may be; a whole one from 0 on where nothing is said. */
export interface Range {
  least?: number;
  most?: number;
  fraction?: boolean;
}

/** The number that a flag was given. */
export function numberOf(
  value: unknown,
  flag: string,
  otherwise: number,
  { least = 0, most = Number.MAX_SAFE_INTEGER, fraction = false }: Range = {},
): number {
  if (value === undefined) return otherwise;
  const number = /^\d+(\.\d+)?$/.test(String(value)) ? Number(value) : Number.NaN;
  if (number >= least && number <= most && (fraction || Number.isInteger(number))) return number;
  const kind = fraction ? 'a number' : 'a whole number';
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`${flag} takes ${kind} ${range}, not "${value}".`);
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
}

export function codeFor(status: number): number {
  return status >= 200 && status < 300 ? exitCodes.ok : exitCodes.failed;
}
