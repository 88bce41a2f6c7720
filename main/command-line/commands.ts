// The table of commands.
import type { Command } from './command.ts';
import { assert } from './commands/assert.ts';
import { captures } from './commands/captures.ts';
import { completion } from './commands/completion.ts';
import { forward } from './commands/forward.ts';
import { replay } from './commands/replay.ts';
import { send } from './commands/send.ts';
import { items, sources, url } from './commands/sources.ts';
import { tunnel } from './commands/tunnel.ts';
import { wait } from './commands/wait.ts';

export const commands: Readonly<Record<string, Command>> = {
  sources,
  url,
  captures,
  items,
  wait,
  assert,
  send,
  replay,
  forward,
  tunnel,
  // Made from the others, which are looked up when it runs.
  completion: completion(() => commands),
};
