// Reads the target and the Host of a request: which connection is meant, or that none is. Pure.
import type { IncomingMessage } from 'node:http';
import { inboundPath } from '../data-sources/data-sources.ts';

export interface Target {
  path: string;
  query: string;
  /** The token of a webhook URL, where the path has one. */
  token: string | undefined;
}

/** `http://host:port` at the start of a whole address, which proxies send as the target (RFC 9112, 3.2.2). */
const absoluteStart = /^https?:\/\/([^/?#@]+)(?=\/)/i;

/** Undefined for what names no path of ours (`*`, `//host`, an address of another kind). */
export function readTarget(target: string | undefined): Target | undefined {
  const url = target?.replace(absoluteStart, '');
  if (!url?.startsWith('/') || url.startsWith('//')) return undefined;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const rest = path.startsWith(inboundPath) ? path.slice(inboundPath.length) : '';
  const [token] = rest.split('/', 1);
  return { path, query, token: token || undefined };
}

/**
 * True for loopback names and the names of the live tunnel. Exactly one Host header must be there; where the target is a whole
 * address, its host is the one that counts.
 */
export function isOwnHost(request: IncomingMessage, tunnelHosts: readonly string[]): boolean {
  const given = request.headersDistinct['host'] ?? [];
  const host = absoluteStart.exec(request.url ?? '')?.[1] ?? given[0];
  if (given.length !== 1 || host === undefined) return false;
  const name = nameOf(host);
  return isLoopbackName(host) || tunnelHosts.some((own) => nameOf(own) === name);
}

/** `host`: the value of a Host header, with or without a port. */
export function isLoopbackName(host: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(nameOf(host));
}

/** Without a port, and without the dot that may end a full name. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.?(:\d*)?$/, '');
}

/** Headers as received: order and case kept. */
export function headerPairs(request: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    pairs.push([request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '']);
  }
  return pairs;
}
