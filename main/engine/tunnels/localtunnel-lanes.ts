// The lanes of one localtunnel: connections that we hold open to the server, each carrying one caller's bytes to the receiver and back.
// Owns sockets and their renewal; never reads or changes a byte. Threats: callers that break off or are refused in the middle of
// an upload (each must cost one lane for a moment, not for good), a server that asks for too many connections, and idle lanes
// that the receiver would time out (so the receiver is called only when the first byte of a call has come).
import { connect, type Socket } from 'node:net';
import { describeNetworkFault } from './network-fault.ts';
import { lookupWithLocalhost } from './outside-fetch.ts';

export interface LanesRequest {
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly count: number;
  /** Called once when no lane is left and none can be opened. */
  readonly onLost: (reason: string) => void;
  readonly connectLimitMs?: number;
}

export interface Lanes {
  /** Settles when the first lane stands; rejects with an `Error` whose message is for the user when none can be opened. */
  readonly ready: Promise<void>;
  /** Destroys every connection, calls in flight included, and settles when all are closed. */
  close(): Promise<void>;
}

const drainLimitMs = 5_000;
const shortLifeMs = 1_000;
const maxDelayMs = 30_000;
const unavailable =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

export function openLanes(request: LanesRequest): Lanes {
  const { remoteHost, remotePort, localPort, onLost } = request;
  const connectLimitMs = request.connectLimitMs ?? 10_000;
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const ready = Promise.withResolvers<void>();
  let standing = 0;
  let connecting = 0;
  let ended = false;

  function after(ms: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms).unref();
    timers.add(timer);
    return timer;
  }

  function cancel(timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    timers.delete(timer);
  }

  function track(socket: Socket): Socket {
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  }

  function lose(fault: Error | undefined): void {
    if (ended) return;
    ended = true;
    const reason = describeNetworkFault(fault ?? new Error('the connection was closed'), remoteHost);
    ready.reject(new Error(reason));
    onLost(reason);
  }

  /** Joins a lane to the receiver, from the first bytes of a call on. */
  function carry(remote: Socket, first: Buffer): void {
    const local = track(connect({ host: '127.0.0.1', port: localPort, noDelay: true }));
    let joined = false;
    local.once('connect', () => {
      joined = true;
    });
    // The fault itself is told by the 'close' that follows: the caller gets a 503, or the end of a broken answer.
    local.on('error', () => undefined);
    local.write(first);
    remote.pipe(local);
    local.pipe(remote, { end: false });
    local.once('close', () => {
      if (remote.destroyed) return;
      if (joined) remote.end();
      else remote.end(unavailable);
      remote.resume();
      const limit = after(drainLimitMs, () => remote.destroy());
      remote.once('close', () => cancel(limit));
    });
    remote.once('close', () => {
      local.end();
      local.resume();
    });
  }

  function openLane(lastDelayMs: number): void {
    if (ended) return;
    const remote = track(
      connect({
        host: remoteHost,
        port: remotePort,
        lookup: lookupWithLocalhost,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: 15_000,
      }),
    );
    let stoodAt: number | undefined;
    let used = false;
    let fault: Error | undefined;
    connecting += 1;
    const limit = after(connectLimitMs, () =>
      remote.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' })),
    );
    remote.once('connect', () => {
      cancel(limit);
      connecting -= 1;
      standing += 1;
      stoodAt = performance.now();
      ready.resolve();
    });
    remote.once('data', (first) => {
      used = true;
      carry(remote, first);
    });
    remote.on('error', (error) => {
      fault = error;
    });
    remote.once('close', () => {
      cancel(limit);
      if (stoodAt === undefined) connecting -= 1;
      else standing -= 1;
      if (ended) return;
      if (stoodAt === undefined && standing === 0 && connecting === 0) return lose(fault);
      const served = used || (stoodAt !== undefined && performance.now() - stoodAt > shortLifeMs);
      const delayMs = served ? 0 : Math.min(Math.max(lastDelayMs * 2, 250), maxDelayMs);
      if (delayMs === 0) openLane(0);
      else after(delayMs, () => openLane(delayMs));
    });
  }

  async function close(): Promise<void> {
    ended = true;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    ready.reject(new Error('The tunnel was closed.'));
    const closing = [...sockets].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const socket of sockets) socket.destroy();
    await Promise.all(closing);
  }

  // Whoever opened the lanes awaits `ready`; after that a late rejection must not end the process.
  ready.promise.catch(() => undefined);
  for (let lane = 0; lane < request.count; lane += 1) openLane(0);
  return { ready: ready.promise, close };
}
