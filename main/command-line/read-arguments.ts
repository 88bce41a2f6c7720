// Reads the words and flags of a command line. Whatever a command would pass over in silence is refused: an unknown flag, one that is given
// twice, one without its value.
import { parseArgs } from 'node:util';
import { nearestOf } from '#contract';

export class UsageError extends Error {}

export interface Flag {
  type: 'string' | 'boolean';
  multiple?: boolean;
  /** What stands behind it in the help, such as `<seconds>`. */
  takes?: string;
  /** The values that it may have, where they are few. */
  choices?: readonly string[];
  does: string;
}

export type Flags = Readonly<Record<string, Flag>>;
export type FlagValues = Record<string, string | boolean | string[] | undefined>;

/**
 * @param owner what the flags belong to, for messages
 * @throws UsageError
 */
export function readArguments(
  args: string[],
  flags: Flags,
  owner: string,
): { values: FlagValues; words: string[] } {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, multiple = false }]) => [
      name,
      { type, multiple, ...(name === 'help' ? { short: 'h' } : {}) },
    ]),
  );
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (!flag) throw unknownFlag(token.rawName, flags, owner);
    if (given.has(token.name) && !flag.multiple && flag.type === 'string') {
      throw new UsageError(`${token.rawName} is given twice. It can be given once.`);
    }
    given.add(token.name);
    checkValue(token, flag);
  }
  return { values: values as FlagValues, words: positionals };
}

function unknownFlag(rawName: string, flags: Flags, owner: string): UsageError {
  const near = nearestOf(
    rawName,
    Object.keys(flags).map((name) => `--${name}`),
  );
  return new UsageError(
    `${owner} has no flag ${rawName}. ${near ? `Did you mean ${near}?` : `${owner} --help lists its flags.`}`,
  );
}

function checkValue(
  {
    rawName,
    value,
    inlineValue,
  }: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  { type, takes = '<value>' }: Flag,
): void {
  if (type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return;
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${rawName} ${takes}`);
  // A flag that was forgotten to be given its value would swallow the next one.
  if (!inlineValue && /^-[^\d]/.test(value)) {
    throw new UsageError(
      `${rawName} needs a value, and "${value}" looks like a flag. If it is meant, write ${rawName}=${value}`,
    );
  }
}
