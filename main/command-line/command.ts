// What a command is, and what commands share: reading words and flags, finding a data source by its name.
import type { CaptureSummary, DataSource } from '#contract';
import { exitCodes } from '../exit-codes.ts';
import { tableText } from './print-table.ts';
import type { RemoteEngine } from './remote-engine.ts';

export interface Flag {
  type: 'string' | 'boolean';
  multiple?: boolean;
  /** What stands behind it in the help, such as `<seconds>`. */
  takes?: string;
  does: string;
}

export interface CommandContext {
  engine: RemoteEngine;
  /** What follows the name of the command. */
  words: string[];
  flags: Record<string, string | boolean | string[] | undefined>;
  /** Fires at Ctrl+C. */
  signal: AbortSignal;
  /** Prints while the command goes on. */
  print(text: string): void;
}

export interface CommandResult {
  /** What `--json` prints. */
  json: unknown;
  text: string | Uint8Array;
  exitCode?: number;
}

export interface Command {
  usage: readonly string[];
  does: string;
  flags: Readonly<Record<string, Flag>>;
  /** The words that may follow the name, for completion; `<source>` stands for the name of a data source. */
  words?: readonly string[];
  examples: readonly string[];
  run(context: CommandContext): Promise<CommandResult>;
}

export class UsageError extends Error {}

export const sourceFlag: Flag = {
  type: 'string',
  takes: '<source>',
  does: 'of this data source, by name or id',
};
export const outcomeFlag: Flag = {
  type: 'string',
  takes: '<outcome>',
  does: 'accepted, rejected, handshake or duplicate',
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
  if (!only) throw new UsageError(`There is no data source "${wanted}". List them: hookbench sources`);
  return only;
}

/** The flags that choose calls, as the input of `captures.list` and its like. */
export async function choiceOf({ engine, flags }: CommandContext) {
  const source =
    flags['source'] === undefined ? undefined : await findSource(engine, String(flags['source']));
  return {
    ...(source ? { dataSourceId: source.id } : {}),
    ...(flags['outcome'] === undefined ? {} : { outcome: outcomeOf(flags['outcome']) }),
  };
}

export function capturesText(captures: readonly CaptureSummary[]): string {
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
  return tableText(head, rows, 'No call fits.');
}

/** `<path>=<text>` */
export function pairOf(text: string, flag: string): { path: string; equals: string } {
  const mark = text.indexOf('=');
  if (mark < 1) throw new UsageError(`${flag} takes <path>=<text>, not "${text}".`);
  return { path: text.slice(0, mark), equals: text.slice(mark + 1) };
}

function outcomeOf(value: unknown): CaptureSummary['outcome'] {
  const outcomes = ['accepted', 'rejected', 'handshake', 'duplicate'] as const;
  const found = outcomes.find((outcome) => outcome === value);
  if (!found) throw new UsageError(`--outcome is one of ${outcomes.join(', ')}.`);
  return found;
}

export function numberOf(value: unknown, flag: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw new UsageError(`${flag} takes a number.`);
  return number;
}

export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
}

export function codeFor(status: number): number {
  return status >= 200 && status < 300 ? exitCodes.ok : exitCodes.failed;
}
