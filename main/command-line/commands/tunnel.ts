// `tunnel`: its state, start and stop.
import { exitCodes } from '../../exit-codes.ts';
import { type Command, UsageError } from '../command.ts';
import { visible } from '../print-table.ts';

const parts = ['status', 'start', 'stop'];

export const tunnel: Command = {
  usage: ['tunnel [status | start | stop]'],
  does: 'tells the state of the tunnel, starts or stops it',
  flags: {},
  words: parts,
  examples: ['tunnel', 'tunnel start'],
  async run({ engine, words }) {
    const [what = 'status'] = words;
    if (!parts.includes(what)) throw new UsageError(`tunnel has no "${what}". It has ${parts.join(', ')}.`);
    const { tunnel: state } =
      what === 'start'
        ? await engine.call('tunnel.start', {})
        : what === 'stop'
          ? await engine.call('tunnel.stop', {})
          : await engine.call('status.get', {});
    const detail = state.publicUrl ?? state.reason ?? '';
    const failed = what === 'start' && state.status !== 'up';
    return {
      json: state,
      text: `${visible(`${state.status} ${detail}`).trim()}\n`,
      exitCode: failed ? exitCodes.failed : exitCodes.ok,
    };
  },
};
