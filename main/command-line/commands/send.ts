// `send`: posts to a webhook URL through the real receiver.
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { exitCodes } from '../../exit-codes.ts';
import {
  type Command,
  type CommandContext,
  type CommandResult,
  codeFor,
  findSource,
  UsageError,
} from '../command.ts';
import { visible } from '../print-table.ts';

const sendLimitMs = 60_000;
const jobLookMs = 1_000;

export const send: Command = {
  usage: [
    'send <source> [--data <text> | --file <file>] [--type <content type>]',
    'send <source> --sample <name> [--to <url>]',
  ],
  does: 'posts a body to the webhook URL (the sample of the application without one); exit code 1 unless it is accepted',
  flags: {
    data: { type: 'string', takes: '<text>', does: 'the body' },
    file: { type: 'string', takes: '<file>', does: 'a file with the body, sent as it is' },
    sample: { type: 'string', takes: '<name>', does: 'fires the sample that was kept under this name' },
    to: { type: 'string', takes: '<url>', does: 'sends the sample there; the receiver without it' },
    type: { type: 'string', takes: '<content type>', does: 'application/json without it' },
  },
  words: ['<source>'],
  examples: [
    'send Newsletter',
    'send "Web shop" --file order.json',
    `send "Web shop" --data '{"id":1}'`,
    'send "Web shop" --sample "A new order"',
  ],
  async run(context) {
    const { engine, words, flags } = context;
    const source = await findSource(engine, words[0]);
    if (flags['sample'] !== undefined) return await fire(context, source.id, String(flags['sample']));
    if (flags['to'] !== undefined) throw new UsageError('--to is for a --sample.');
    const data = flags['file'] === undefined ? flags['data'] : readFileSync(String(flags['file']));
    if (data === undefined) {
      const sent = await engine.call('dataSources.sendTest', { id: source.id });
      return { json: sent, text: `${sent.status}\n`, exitCode: codeFor(sent.status) };
    }
    const answer = await request(source.connections[0]?.localUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': String(flags['type'] ?? 'application/json') },
      body: typeof data === 'object' && !Array.isArray(data) ? data : String(data),
      signal: AbortSignal.timeout(sendLimitMs),
    });
    const body = await answer.body.text();
    return {
      json: { status: answer.statusCode, body },
      text: `${answer.statusCode} ${visible(body)}\n`,
      exitCode: codeFor(answer.statusCode),
    };
  },
};

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
