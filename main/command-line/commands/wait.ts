// `wait`: blocks until the next call that fits.
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  capturesText,
  choiceOf,
  listOf,
  numberOf,
  outcomeFlag,
  pairOf,
  sourceFlag,
} from '../command.ts';

export const wait: Command = {
  usage: [
    'wait [--source <source>] [--match <path>=<text>]… [--outcome <outcome>] [--after <sequence>] [--timeout <seconds>]',
  ],
  does: `waits for the next call that fits; exit code ${exitCodes.timedOut} when the time (30 s) is over`,
  flags: {
    source: sourceFlag,
    outcome: outcomeFlag,
    match: { type: 'string', multiple: true, takes: '<path>=<text>', does: 'this path yields this text' },
    after: { type: 'string', takes: '<sequence>', does: 'look at calls behind this one, too' },
    timeout: { type: 'string', takes: '<seconds>', does: 'give up after this time (30)' },
  },
  examples: ['wait --source Newsletter --match data.email=ada@example.com --timeout 60'],
  async run(context) {
    const { engine, flags } = context;
    const { capture } = await engine.call('captures.wait', {
      ...(await choiceOf(context)),
      ...(flags['after'] === undefined ? {} : { after: numberOf(flags['after'], '--after', 0) }),
      match: listOf(flags['match']).map((text) => pairOf(text, '--match')),
      timeoutMs: Math.round(numberOf(flags['timeout'], '--timeout', 30) * 1000),
    });
    if (!capture) return { json: null, text: 'No such call came in time.\n', exitCode: exitCodes.timedOut };
    return { json: capture, text: capturesText([capture]) };
  },
};
