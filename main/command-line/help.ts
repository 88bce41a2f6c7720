// What `--help` prints, for all commands or for one. Pure.
import type { Command } from './command.ts';
import type { Flags } from './read-arguments.ts';

/** Flags of every command. */
export const commonFlags: Flags = {
  json: { type: 'boolean', does: 'one JSON value instead of a table' },
  'data-dir': {
    type: 'string',
    takes: '<folder>',
    does: 'the data folder of the running Hookbench (its socket is used)',
  },
  url: { type: 'string', takes: '<url>', does: 'a serve host instead: its control address' },
  token: { type: 'string', takes: '<token>', does: 'the bearer token of that host (or HOOKBENCH_TOKEN)' },
  help: { type: 'boolean', does: 'what a command takes, with examples (-h)' },
};

export function helpForAll(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.values(commands).flatMap(({ usage, does }) => [
    ...usage.map((line) => `  hookbench ${line}`),
    `      ${does}`,
  ]);
  return `Usage: hookbench <command> [flags]
       hookbench help <command>
       hookbench --version

  hookbench serve [flags]
      runs Hookbench without a window
${lines.join('\n')}

For every command but serve:
${flagLines(commonFlags)}
`;
}

export function helpForOne({ usage, does, flags, examples }: Command): string {
  const ownFlags = Object.keys(flags).length === 0 ? '' : `\n${flagLines(flags)}\n`;
  return `${usage.map((line, i) => `${i === 0 ? 'Usage: ' : '       '}hookbench ${line}`).join('\n')}

${does.charAt(0).toUpperCase()}${does.slice(1)}.
${ownFlags}
For every command:
${flagLines(commonFlags)}

Examples:
${examples.map((example) => `  hookbench ${example}`).join('\n')}
`;
}

/** One line a flag, in columns. */
export function flagLines(flags: Flags): string {
  const heads = Object.entries(flags).map(([name, { takes }]) => `--${name}${takes ? ` ${takes}` : ''}`);
  const width = Math.max(...heads.map(({ length }) => length));
  return Object.values(flags)
    .map(
      ({ does, multiple }, i) =>
        `  ${(heads[i] ?? '').padEnd(width)}  ${does}${multiple ? '; can be repeated' : ''}`,
    )
    .join('\n');
}
