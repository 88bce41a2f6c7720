// `send`: posts to a webhook URL through the real receiver.
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  type CommandContext,
  type CommandResult,
  codeFor,
  connectionFlag,
  connectionOf,
  findSource,
  oneSource,
} from '../command.ts';
import { whyOf } from '../output.ts';
import { visible } from '../print-table.ts';
import { UsageError } from '../read-arguments.ts';

const sendLimitMs = 60_000;
const jobLookMs = 1_000;

export const send: Command = {
  usage: [
    'send <source> [--data <text> | --file <file>] [--type <content type>] [--connection <connection>]',
    'send <source> --sample <name> [--to <url>]',
  ],
  does: 'posts a body to the webhook URL (the sample of the application without one); exit code 1 unless it is accepted',
  flags: {
    data: { type: 'string', takes: '<text>', does: 'the body' },
    file: { type: 'string', takes: '<file>', does: 'a file with the body, sent as it is' },
    sample: { type: 'string', takes: '<name>', does: 'fires the sample that was kept under this name' },
    to: { type: 'string', takes: '<url>', does: 'sends the sample there; the receiver without it' },
    connection: connectionFlag,
    type: { type: 'string', takes: '<content type>', does: 'application/json without it' },
  },
  words: oneSource,
  endsItself: true,
  examples: [
    'send Newsletter',
    'send "Web shop" --file order.json',
    `send "Web shop" --data '{"id":1}'`,
    'send "Web shop" --sample "A new order"',
  ],
  async run(context) {
    const { engine, words, flags, signal } = context;
    refuseWhatIsPassedOver(flags);
    const data = flags['file'] === undefined ? flags['data'] : readBody(String(flags['file']));
    const source = await findSource(engine, words[0]);
    if (flags['sample'] !== undefined) return await fire(context, source.id, String(flags['sample']));
    if (data === undefined) {
      const connectionId = connectionOf(source, flags['connection']).id;
      const sent = await engine.call('dataSources.sendTest', { id: source.id, connectionId });
      return { json: sent, text: `${sent.status}\n`, exitCode: codeFor(sent.status) };
    }
    const { status, body } = await post(
      connectionOf(source, flags['connection']).localUrl,
      typeof data === 'object' && !Array.isArray(data) ? data : String(data),
      String(flags['type'] ?? 'application/json'),
      signal,
    );
    return { json: { status, body }, text: `${status} ${visible(body)}\n`, exitCode: codeFor(status) };
  },
};

/** Of flags that exclude each other one would be passed over. */
function refuseWhatIsPassedOver(flags: CommandContext['flags']): void {
  const bodies = ['data', 'file', 'sample'].filter((name) => flags[name] !== undefined);
  if (bodies.length > 1) {
    throw new UsageError(`Give one of ${bodies.map((name) => `--${name}`).join(' and ')}, not both.`);
  }
  if (flags['to'] !== undefined && flags['sample'] === undefined) {
    throw new UsageError('--to is for a --sample.');
  }
  if (flags['connection'] !== undefined && flags['sample'] !== undefined) {
    throw new UsageError('--connection is not for a --sample.');
  }
  if (flags['type'] === undefined) return;
  if (flags['data'] === undefined && flags['file'] === undefined) {
    throw new UsageError('--type goes with --data or --file; samples have their own.');
  }
  if (!/^[\x20-\x7e]+$/.test(String(flags['type']))) {
    throw new UsageError('--type takes a content type such as application/xml.');
  }
}

function readBody(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Error(`${file} cannot be read: ${whyOf(error)}.`);
  }
}

async function post(url: string, body: string | Uint8Array, type: string, signal: AbortSignal) {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(sendLimitMs)]),
    });
    return { status: answer.statusCode, body: await answer.body.text() };
  } catch (error) {
    signal.throwIfAborted();
    const why =
      (error as Error).name === 'TimeoutError' ? `no answer in ${sendLimitMs / 1000} s` : whyOf(error);
    throw new Error(`The receiver does not take the call: ${why}.`);
  }
}

async function fire(
  { engine, flags, signal }: CommandContext,
  dataSourceId: string,
  name: string,
): Promise<CommandResult> {
  let { job } = await engine.call('samples.fire', {
    dataSourceId,
    name,
    ...(flags['to'] === undefined ? {} : { target: { kind: 'url', url: String(flags['to']) } }),
  });
  while (job.state === 'running') {
    ({ job } = signal.aborted
      ? await engine.call('replays.stop', { id: job.id })
      : await engine.call('replays.wait', { id: job.id, timeoutMs: jobLookMs }));
  }
  const { attempts } = await engine.call('replays.attempts', { id: job.id, limit: 1 });
  const [attempt] = attempts;
  const text = [attempt?.status, attempt?.failure, attempt?.newCaptureId].filter(Boolean).join(' ');
  return {
    json: { job, attempt },
    text: `${visible(text)}\n`,
    exitCode: job.failed > 0 || job.state !== 'done' ? exitCodes.failed : exitCodes.ok,
  };
}
