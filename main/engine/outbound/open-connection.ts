// Opens the connection of one call: looks the name up, checks every address, connects to one that passed, and does the TLS handshake; each
// step timed. The address that was checked is the one that is connected to: the name is not looked up a second time, so a name server that
// answers differently the next time gains nothing.
import { connect, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type TLSSocket,
} from 'node:tls';
import type { ResolveName } from './resolve-name.ts';
import { certificateFault, connectFault, handshakeFault, nameFault, SendFault } from './send-fault.ts';
import { type GuardedUrl, hostAndPort, permitted, type ResolvedAddress } from './target-guard.ts';

export interface CertificateFacts {
  subject: string;
  issuer: string;
  validFrom: string;
  validTo: string;
  names: string;
  fingerprint: string;
}

/** What is known so far; filled as the steps go, so that a failure shows what came before it. */
export interface ConnectionFacts {
  addresses?: string[];
  /** `host:port` of the address that is connected to. */
  address?: string;
  /** Where the guard refused a private target: what to allow. */
  toAllow?: string;
  nameMs?: number;
  connectMs?: number;
  tlsMs?: number;
  tls?: { protocol: string; trusted: boolean; chain: CertificateFacts[] };
}

export type ConnectionStep = 'name' | 'connect' | 'tls';

const nextAddressMs = 500;
const longestChain = 10;

/** Rejects with a `SendFault`, or with the signal's reason. The socket has no data read from it yet. */
export async function openConnection(
  target: GuardedUrl,
  facts: ConnectionFacts,
  options: {
    allowedTargets: readonly string[];
    resolveName: ResolveName;
    /** Certificates that are trusted besides those of the system; PEM. */
    extraCa: readonly string[];
    signal: AbortSignal;
    watch?: ((step: ConnectionStep, facts: ConnectionFacts) => void) | undefined;
  },
): Promise<Socket> {
  const { signal, watch } = options;
  const addresses = await checkedAddresses(target, facts, options);
  watch?.('name', facts);
  const connectStart = performance.now();
  const socket = await connectTo(target, addresses, signal);
  facts.connectMs = performance.now() - connectStart;
  const { remoteAddress = '' } = socket;
  facts.address = hostAndPort(remoteAddress, target.port);
  watch?.('connect', facts);
  if (target.url.protocol === 'http:') return socket;
  const tlsStart = performance.now();
  try {
    return await secure(socket, target, facts, options);
  } finally {
    facts.tlsMs = performance.now() - tlsStart;
    if (facts.tls?.trusted) watch?.('tls', facts);
  }
}

async function checkedAddresses(
  target: GuardedUrl,
  facts: ConnectionFacts,
  options: { allowedTargets: readonly string[]; resolveName: ResolveName; signal: AbortSignal },
): Promise<ResolvedAddress[]> {
  const start = performance.now();
  const family = isIP(target.host);
  let found: ResolvedAddress[];
  try {
    found =
      family === 0
        ? await orAborted(options.resolveName(target.host), options.signal)
        : [{ address: target.host, family }];
  } catch (error) {
    if (options.signal.aborted) throw error;
    throw nameFault(target.host, error);
  } finally {
    if (family === 0) facts.nameMs = performance.now() - start;
  }
  if (found.length === 0) throw nameFault(target.host, undefined);
  facts.addresses = found.map(({ address }) => address);
  const judged = permitted(target, found, options.allowedTargets);
  if ('fault' in judged) {
    if (judged.toAllow !== undefined) facts.toAllow = judged.toAllow;
    throw new SendFault('targetForbidden', judged.fault);
  }
  return judged.addresses;
}

/** A look-up cannot be taken back; who waits for it can go. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

function connectTo(target: GuardedUrl, addresses: ResolvedAddress[], signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const [first] = addresses;
    const socket =
      addresses.length === 1 && first
        ? connect({ host: first.address, port: target.port, noDelay: true })
        : connect({
            host: target.host,
            port: target.port,
            noDelay: true,
            autoSelectFamily: true,
            autoSelectFamilyAttemptTimeout: nextAddressMs,
            // Only what was checked: nothing is looked up again.
            lookup: (_host, _options, callback) => callback(null, addresses),
          });
    const give = () => {
      socket.destroy();
      reject(signal.reason);
    };
    const failed = (error: Error) => {
      signal.removeEventListener('abort', give);
      const place = hostAndPort(target.host, target.port);
      reject(connectFault(place, error));
    };
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      signal.removeEventListener('abort', give);
      socket.off('error', failed);
      resolve(socket);
    });
  });
}

function secure(
  socket: Socket,
  target: GuardedUrl,
  facts: ConnectionFacts,
  { extraCa, signal }: { extraCa: readonly string[]; signal: AbortSignal },
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      host: target.host,
      ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
      ALPNProtocols: ['http/1.1'],
      ...(extraCa.length > 0 ? { ca: [...extraCa] } : {}),
      // Not to trust it: the verdict is taken below, before a byte is sent. A refused certificate can then be shown to the user.
      rejectUnauthorized: false,
    });
    const give = () => {
      tls.destroy();
      reject(signal.reason);
    };
    const failed = (error: Error) => {
      signal.removeEventListener('abort', give);
      tls.destroy();
      reject(handshakeFault(target.host, error));
    };
    const closed = () => failed(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    tls.once('error', failed);
    tls.once('close', closed);
    tls.once('secureConnect', () => {
      signal.removeEventListener('abort', give);
      tls.off('error', failed);
      tls.off('close', closed);
      facts.tls = {
        protocol: tls.getProtocol() ?? '',
        trusted: tls.authorized,
        chain: chainOf(tls.getPeerCertificate(true)),
      };
      if (tls.authorized) return resolve(tls);
      tls.destroy();
      const verdict = tls.authorizationError as unknown;
      reject(certificateFault(target.host, typeof verdict === 'string' ? verdict : verdictOf(verdict)));
    });
  });
}

function verdictOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return code ?? message ?? 'unknown';
}

/** From the server's own certificate to its last issuer. */
function chainOf(leaf: DetailedPeerCertificate): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  let each: DetailedPeerCertificate | undefined = leaf;
  const seen = new Set<string>();
  while (each?.fingerprint256 && !seen.has(each.fingerprint256) && chain.length < longestChain) {
    seen.add(each.fingerprint256);
    chain.push({
      subject: nameOf(each.subject),
      issuer: nameOf(each.issuer),
      validFrom: dateOf(each.valid_from),
      validTo: dateOf(each.valid_to),
      names: each.subjectaltname ?? '',
      fingerprint: each.fingerprint256,
    });
    each = each.issuerCertificate;
  }
  return chain;
}

function nameOf(name: PeerCertificate['subject'] | undefined): string {
  const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
  return first(name?.CN) ?? first(name?.O) ?? '';
}

function dateOf(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}
