// `wait`: blocks until the next call that fits.
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  capturesText,
  choiceOf,
  listOf,
  numberOf,
  outcomeFlag,
  pathPairOf,
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
    timeout: { type: 'string', takes: '<seconds>', does: 'give up after this time (30), at most an hour' },
  },
  examples: ['wait --source Newsletter --match data.email=ada@example.com --timeout 60'],
  async run(context) {
    const { engine, flags, columns } = context;
    const match = listOf(flags['match']).map((text) => pathPairOf(text, '--match'));
    const seconds = numberOf(flags['timeout'], '--timeout', 30, { most: 3600, fraction: true });
    const { capture } = await engine.call('captures.wait', {
      ...(await choiceOf(context)),
      ...(flags['after'] === undefined ? {} : { after: numberOf(flags['after'], '--after', 0) }),
      match,
      timeoutMs: Math.round(seconds * 1000),
    });
    if (!capture) return { json: null, text: 'No such call came in time.\n', exitCode: exitCodes.timedOut };
    return { json: capture, text: capturesText([capture], columns) };
  },
};
