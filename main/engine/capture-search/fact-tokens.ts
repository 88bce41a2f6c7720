// Facts of a call as words of the index: source, outcome, status, method, format, event type, size. So the index answers filters by
// them as fast as words, however many calls there are. Pure.
import { createHash } from 'node:crypto';

export interface IndexedFacts {
  dataSourceId: string;
  outcome: string;
  status: number;
  method: string;
  format: string;
  size: number;
  eventType: string | undefined;
}

/** Every call has it: what all calls but some are sought in. */
export const anyCall = 'xany';
/** Only a part of the body is in the index. */
export const cutCall = 'xcut';

/** Letters and digits only, however the value looks; two values that differ in letter case only are one. */
function named(kind: string, value: string): string {
  return `x${kind}${createHash('sha256').update(value.toLowerCase()).digest('hex').slice(0, 16)}`;
}

export const factToken = {
  source: (id: string) => named('s', id),
  outcome: (outcome: string) => `xo${outcome}`,
  status: (status: number | string) => `xn${status}`,
  statusClass: (digit: string) => `xnc${digit}`,
  method: (method: string) => named('m', method),
  format: (format: string) => `xf${format}`,
  event: (event: string) => named('e', event),
  /** Sizes by powers of two. */
  size: (bytes: number) => `xz${sizeClass(bytes)}`,
};

export function sizeClass(bytes: number): number {
  return bytes < 1 ? 0 : Math.floor(Math.log2(bytes)) + 1;
}

export const largestSizeClass = sizeClass(Number.MAX_SAFE_INTEGER);

export function factTokens(facts: IndexedFacts): string {
  const tokens = [
    anyCall,
    factToken.source(facts.dataSourceId),
    factToken.outcome(facts.outcome),
    factToken.status(facts.status),
    factToken.statusClass(String(facts.status).charAt(0)),
    factToken.method(facts.method),
    factToken.format(facts.format),
    factToken.size(facts.size),
  ];
  if (facts.eventType !== undefined) tokens.push(factToken.event(facts.eventType));
  return tokens.join(' ');
}
