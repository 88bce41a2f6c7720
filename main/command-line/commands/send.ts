// `send`: posts to a webhook URL through the real receiver.
import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { type Command, codeFor, findSource } from '../command.ts';
import { visible } from '../print-table.ts';

const sendLimitMs = 60_000;

export const send: Command = {
  usage: ['send <source> [--data <text> | --file <file>] [--type <content type>]'],
  does: 'posts a body to the webhook URL (the sample of the application without one); exit code 1 unless it is accepted',
  flags: {
    data: { type: 'string', takes: '<text>', does: 'the body' },
    file: { type: 'string', takes: '<file>', does: 'a file with the body, sent as it is' },
    type: { type: 'string', takes: '<content type>', does: 'application/json without it' },
  },
  words: ['<source>'],
  examples: ['send Newsletter', 'send "Web shop" --file order.json', `send "Web shop" --data '{"id":1}'`],
  async run({ engine, words, flags }) {
    const source = await findSource(engine, words[0]);
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
