// The embedded HTTP receiver: the only listener that a tunnel may expose. Listens on loopback, judges each request by
// itself, and answers every one of them. See receive-call.ts for the life of one call.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { errorFacts, type Log } from '../../log/log.ts';
import type { InboundConnection } from '../data-sources/data-sources.ts';
import { EngineStartError } from '../store/engine-start-error.ts';
import { answers, sendAnswer } from './answers.ts';
import type { Arrivals } from './arrivals.ts';
import { createConnectionFaults, endSocket } from './connection-faults.ts';
import { limits } from './limits.ts';
import type { MissedCallsNotes } from './missed-calls.ts';
import type { createCallReceiver, Reading } from './receive-call.ts';
import { createStoreFaults } from './store-faults.ts';
import { isOwnHost, readTarget } from './target.ts';

export interface ReceiverDeps {
  port: number;
  receive: ReturnType<typeof createCallReceiver>;
  byToken(token: string): InboundConnection | undefined;
  arrivals: Arrivals;
  missedCalls: MissedCallsNotes;
  /** Names under which the tunnel reaches us. */
  tunnelHosts(): string[];
  /** The keyed answer to a probe of our own tunnel supervisor, undefined for any other path. */
  answerProbe(path: string): string | undefined;
  /** Undefined once the store can be written again. */
  onStoreFault(fault: string | undefined): void;
  /** Throws while the store cannot be written. */
  tryWrite(): void;
  log: Log;
}

export interface Receiver {
  host: string;
  port: number;
  url: string;
  /** True while a call that has arrived whole waits for its answer, and a moment longer: the next one is often on its way. */
  isAnswering(): boolean;
  /** Refuses new calls, lets the answers under way finish, closes after `graceMs` at the latest. */
  stop(graceMs: number): Promise<void>;
}

const host = '127.0.0.1';
/** Senders that post one call after another leave gaps of about so much. */
const betweenCallsMs = 8;

/** Throws `EngineStartError` portTaken. */
export async function startReceiver(deps: ReceiverDeps): Promise<Receiver> {
  let stopping = false;
  let answering = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  const connectionFaults = createConnectionFaults();
  const storeFaults = createStoreFaults({
    tell: deps.onStoreFault,
    tryWrite: deps.tryWrite,
    log: deps.log,
  });

  async function answerTo(
    request: IncomingMessage,
    response: ServerResponse,
    started: bigint,
    reading: Reading,
  ): Promise<void> {
    const target = readTarget(request.url);
    const known = target && isOwnHost(request, deps.tunnelHosts()) ? target : undefined;
    const proof = known && request.method === 'GET' ? deps.answerProbe(known.path) : undefined;
    if (proof !== undefined) {
      return sendAnswer(request, response, {
        status: 200,
        body: proof,
        headers: { 'Content-Type': 'text/plain' },
      });
    }
    const connection = known?.token === undefined ? undefined : deps.byToken(known.token);
    if (!known || !connection) {
      const { method = '', url = '' } = request;
      const ownHost = isOwnHost(request, deps.tunnelHosts());
      onceAnswered(response, () => deps.missedCalls.note({ method, url, ownHost }));
      return sendAnswer(request, response, { ...answers.unknownUrl(), close: !request.complete });
    }
    if (stopping) return sendAnswer(request, response, answers.unavailable('Hookbench is stopping.', true));
    if (connection.state === 'paused')
      return sendAnswer(request, response, answers.paused(!request.complete));
    const received = await deps.receive(request, known, connection, reading);
    if (!received) return;
    if (received.stored) {
      storeFaults.clear();
      const { dataSourceId, captureId, sequence, committedAt } = received.stored;
      onceAnswered(response, () => {
        const answeredUs = Number((process.hrtime.bigint() - started) / 1000n);
        const storedUs = Number((committedAt - started) / 1000n);
        deps.arrivals.add({ dataSourceId, captureId, sequence, answeredUs, storedUs });
      });
    }
    sendAnswer(request, response, received.answer);
  }

  function handle(request: IncomingMessage, response: ServerResponse, startReading: () => void): void {
    const started = process.hrtime.bigint();
    let isWhole = false;
    connectionFaults.note(request, response);
    // A call that is still on its way waits for its sender, not for us: a slow one must not hold up background work.
    const arrivedWhole = () => {
      isWhole = true;
      answering += 1;
    };
    answerTo(request, response, started, { start: startReading, arrivedWhole })
      .catch((error: unknown) => tellFault(request, response, error))
      .finally(() => {
        if (!isWhole) return;
        answering -= 1;
        answeredAt = performance.now();
      });
  }

  function tellFault(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    storeFaults.refuse(error);
    const answer = answers.unavailable(
      'The call could not be stored. Send it again later.',
      !request.complete,
    );
    sendAnswer(request, response, answer);
  }

  const server = createServer(
    {
      requireHostHeader: false,
      insecureHTTPParser: false,
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: limits.timeoutCheckMs,
    },
    (request, response) => handle(request, response, () => undefined),
  );
  server.maxHeadersCount = limits.maxHeaders;
  server.maxConnections = limits.maxConnections;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
    handle(request, response, () => response.writeContinue()),
  );
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    sendAnswer(request, response, answers.badRequest('The Expect header asks for something unknown.')),
  );
  server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    endSocket(socket, answers.wrongMethod()),
  );
  server.on(
    'clientError',
    (error: NodeJS.ErrnoException, socket: Socket) => void connectionFaults.answer(error, socket),
  );

  await listen(server, deps.port);
  // Accepting one connection failed (no handles are left, say); the next one may be taken again.
  server.on('error', (error) => deps.log('error', 'a connection could not be taken', errorFacts(error)));
  const { port } = server.address() as AddressInfo;
  return {
    host,
    port,
    url: `http://${host}:${port}`,
    isAnswering: () => answering > 0 || performance.now() - answeredAt < betweenCallsMs,
    async stop(graceMs) {
      stopping = true;
      storeFaults.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** Once, when the answer was handed to the system or the sender went away, be it before this is asked. */
function onceAnswered(response: ServerResponse, then: () => void): void {
  if (response.destroyed) {
    then();
    return;
  }
  const run = () => {
    response.off('finish', run);
    response.off('close', run);
    then();
  };
  response.on('finish', run);
  response.on('close', run);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        taken
          ? new EngineStartError(
              'portTaken',
              `The receiver cannot listen on port ${port} (${error.code}). Close the program that uses it, or choose another with --receiver-port (0 takes any free one).`,
              error,
            )
          : error,
      );
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
