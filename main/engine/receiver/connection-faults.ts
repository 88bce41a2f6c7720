// What is answered where Node could not read a request: written by hand on the socket, and never before the answers to the whole
// calls that came earlier on the same connection. Their senders would take the fault for their own.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Answer, answers, rawAnswer } from './answers.ts';

export function createConnectionFaults() {
  /** The answers that a connection still owes. */
  const owed = new WeakMap<Socket, Map<ServerResponse, IncomingMessage>>();

  function note(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const list = owed.get(socket) ?? new Map<ServerResponse, IncomingMessage>();
    owed.set(socket, list.set(response, request));
    response.once('finish', () => list.delete(response));
  }

  /** Resolves when every whole call of the connection has its answer, or the connection has gone. */
  async function paid(socket: Socket): Promise<void> {
    const calls = [...(owed.get(socket) ?? [])].filter(([, request]) => request.complete);
    if (calls.length === 0) return;
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const finished = calls.map(
      ([response]) => new Promise<void>((resolve) => response.once('finish', () => resolve())),
    );
    await Promise.race([gone, Promise.all(finished)]);
  }

  return {
    note,
    async answer(error: NodeJS.ErrnoException, socket: Socket): Promise<void> {
      await paid(socket);
      // A call that was refused before it was whole has its answer already.
      const isRefused = [...(owed.get(socket)?.keys() ?? [])].some((response) => response.headersSent);
      if (isRefused) socket.end();
      else endSocket(socket, answerTo(error));
    },
  };
}

export function endSocket(socket: Socket, answer: Answer): void {
  // Node has taken its own listener off a CONNECT's socket; a sender that resets it is owed nothing, and must end nothing.
  socket.on('error', () => socket.destroy());
  if (socket.writable) socket.end(rawAnswer(answer));
  else socket.destroy();
}

function answerTo(error: NodeJS.ErrnoException): Answer {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return answers.tooSlow();
  if (error.code === 'HPE_HEADER_OVERFLOW') return answers.headersTooLarge();
  return answers.badRequest('This is not a well-formed HTTP/1.1 request.');
}
