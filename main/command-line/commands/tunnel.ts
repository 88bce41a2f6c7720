// `tunnel`: its state, start and stop.
import type { TunnelState } from '#contract';
import { exitCodes } from '../../exit-codes.ts';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { visible } from '../print-table.ts';

export const tunnel: Command = {
  usage: ['tunnel [status | start | stop]'],
  does: 'tells the state of the tunnel, starts or stops it',
  flags: {},
  parts: {
    status: { run: status },
    start: {
      async run({ engine }) {
        const { tunnel: state } = await engine.call('tunnel.start', {});
        const result = resultOf(state);
        return state.status === 'up' ? result : { ...result, exitCode: exitCodes.failed };
      },
    },
    stop: { run: async ({ engine }) => resultOf((await engine.call('tunnel.stop', {})).tunnel) },
  },
  examples: ['tunnel', 'tunnel start'],
  run: status,
};

async function status({ engine }: CommandContext): Promise<CommandResult> {
  return resultOf((await engine.call('status.get', {})).tunnel);
}

function resultOf(state: TunnelState): CommandResult {
  const detail = state.publicUrl ?? state.reason ?? '';
  return { json: state, text: `${visible(`${state.status} ${detail}`.trim())}\n` };
}
