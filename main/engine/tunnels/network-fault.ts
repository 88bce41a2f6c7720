// Turns what the network layer throws into one plain sentence. Owns words only; knows no tunnel and decides nothing.

const sentences: Record<string, (host: string) => string> = {
  ENOTFOUND: (host) => `The name ${host} cannot be found. Check the address and the internet connection.`,
  EAI_AGAIN: (host) => `The name ${host} cannot be looked up now. Check the internet connection.`,
  ECONNREFUSED: (host) =>
    `${host} refuses the connection: nothing listens there, or a firewall is in the way.`,
  ECONNRESET: (host) => `${host} broke off the connection.`,
  EPIPE: (host) => `${host} broke off the connection.`,
  UND_ERR_SOCKET: (host) => `${host} broke off the connection without an answer.`,
  ETIMEDOUT: (host) => `${host} does not answer.`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} does not answer.`,
  EHOSTUNREACH: (host) => `There is no way to ${host} from this network.`,
  ENETUNREACH: () => 'This computer has no network connection.',
  ENETDOWN: () => 'This computer has no network connection.',
  CERT_HAS_EXPIRED: (host) => `The certificate of ${host} has expired.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => `The certificate that answers is not made for ${host}.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) =>
    `The certificate of ${host} is self-signed; senders will not accept it.`,
  SELF_SIGNED_CERT_IN_CHAIN: (host) =>
    `The certificate of ${host} comes from an authority that is not trusted; senders may not accept it.`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) =>
    `The certificate of ${host} cannot be verified; an intermediate certificate may be missing.`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (host) =>
    `The certificate of ${host} cannot be verified; an intermediate certificate may be missing.`,
};

/** The first error code in an error, its causes and the parts of an aggregate. */
function findCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  const parts = error instanceof AggregateError ? error.errors : [];
  return findCode(error.cause) ?? parts.map(findCode).find((code) => code !== undefined);
}

/** One sentence for the user. `host` is the name that was called. Without a known code it gives what the error itself says. */
export function describeNetworkFault(error: unknown, host: string): string {
  const code = findCode(error);
  const sentence = code === undefined ? undefined : sentences[code];
  if (sentence) return sentence(host);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = cause instanceof Error ? cause.message : String(cause);
  return `Calling ${host} failed: ${said}${code ? ` (${code})` : ''}.`;
}
