// The calls for scripts: `POST /api/<call>` with a JSON body answers 200 with the output, or 4xx/5xx with the problem.
// Who may call is decided by the door that this stands behind (bearer token, or the mode of a socket).
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Problem, problemStatuses } from '#contract';
import type { Dispatcher } from './serve-channel.ts';

export const apiPath = '/api/';
const maxInputBytes = 32 * 1024 * 1024;

export async function answerHttpCall(
  request: IncomingMessage,
  response: ServerResponse,
  engine: Pick<Dispatcher, 'dispatch'>,
): Promise<void> {
  const call = decodeName(request.url ?? '');
  if (request.method !== 'POST') {
    return sendProblem(
      response,
      { code: 'input.invalid', message: 'Calls are made with POST and a JSON body.' },
      405,
    );
  }
  const input = await readInput(request);
  if ('problem' in input) return sendProblem(response, input.problem);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const result = await engine.dispatch(call, input.value, gone.signal);
  if ('problem' in result) sendProblem(response, result.problem);
  else sendJson(response, 200, result.output);
}

export function sendProblem(
  response: ServerResponse,
  problem: Problem,
  status: number = problemStatuses[problem.code],
): void {
  sendJson(response, status, problem);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}

function decodeName(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  try {
    return decodeURIComponent(path.slice(apiPath.length));
  } catch {
    return path.slice(apiPath.length);
  }
}

async function readInput(request: IncomingMessage): Promise<{ value: unknown } | { problem: Problem }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxInputBytes) {
      return {
        problem: { code: 'input.invalid', message: `The input is larger than ${maxInputBytes} bytes.` },
      };
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return { value: {} };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: { code: 'input.invalid', message: `The input is not JSON: ${reason}` } };
  }
}
