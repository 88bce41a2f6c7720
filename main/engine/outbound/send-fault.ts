// Why a call failed, in the closed words of the contract: from errors of the system, of TLS and of the HTTP client.
import type { ExchangeFailure, FailureCode } from '#contract';

/** Carries a failure out of the steps of a call. */
export class SendFault extends Error {
  readonly failure: ExchangeFailure;
  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'SendFault';
    this.failure = { code, message };
  }
}

/** OpenSSL's verdicts on a certificate, as Node names them. */
const tlsVerdicts: Record<string, [FailureCode, string]> = {
  CERT_HAS_EXPIRED: ['tlsExpired', 'the certificate has expired'],
  CERT_NOT_YET_VALID: ['tlsExpired', 'the certificate is not valid yet'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tlsWrongName', 'the certificate is for another name'],
  HOSTNAME_MISMATCH: ['tlsWrongName', 'the certificate is for another name'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tlsUntrusted', 'the certificate is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'tlsUntrusted',
    'the chain ends at a self-signed certificate that is not trusted',
  ],
  UNABLE_TO_GET_ISSUER_CERT: ['tlsUntrusted', 'the issuer of the certificate is not known'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'tlsUntrusted',
    'the issuer of the certificate is not known; the server may leave out a certificate in between',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'tlsUntrusted',
    'the server sends its own certificate only and leaves out the one in between',
  ],
  CERT_UNTRUSTED: ['tlsUntrusted', 'the certificate is not trusted'],
  CERT_REJECTED: ['tlsUntrusted', 'the certificate is rejected'],
  CERT_REVOKED: ['tlsUntrusted', 'the certificate was revoked'],
  INVALID_CA: ['tlsUntrusted', 'an issuer in the chain may not issue certificates'],
  INVALID_PURPOSE: ['tlsUntrusted', 'the certificate is not meant for servers'],
};

/** `verdict`: `authorizationError` of a TLS socket. */
export function certificateFault(host: string, verdict: string): SendFault {
  const [code, why] = tlsVerdicts[verdict] ?? [
    'tlsUntrusted',
    `the certificate was not accepted (${verdict})`,
  ];
  return new SendFault(code, `TLS with ${host} failed: ${why}.`);
}

export function nameFault(host: string, error: unknown): SendFault {
  const code = codeOf(error);
  if (code === 'EAI_AGAIN') {
    return new SendFault(
      'nameNotFound',
      `The name ${host} could not be looked up now: the name server does not answer.`,
    );
  }
  return new SendFault('nameNotFound', `The name ${host} was not found. Check its spelling.`);
}

export function connectFault(place: string, error: unknown): SendFault {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') {
    return new SendFault('refused', `${place} refused the connection: nothing listens there.`);
  }
  if (code === 'ETIMEDOUT') return new SendFault('timeout', `${place} did not take the connection in time.`);
  return new SendFault('unreachable', `${place} cannot be reached (${code ?? messageOf(error)}).`);
}

export function handshakeFault(host: string, error: unknown): SendFault {
  const code = codeOf(error) ?? '';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
    return new SendFault(
      'tlsFailed',
      `${host} does not speak TLS on this port. Is it http:// rather than https://?`,
    );
  }
  if (code === 'ECONNRESET')
    return new SendFault('tlsFailed', `${host} closed the connection during the TLS handshake.`);
  return new SendFault('tlsFailed', `The TLS handshake with ${host} failed (${code || messageOf(error)}).`);
}

/** Once the request was on its way. */
export function answerFault(host: string, error: unknown): SendFault {
  const code = codeOf(error) ?? '';
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new SendFault('answerBroken', `${host} answered with more than 64 KiB of headers.`);
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new SendFault('answerBroken', `${host} answered with a body of another length than it announced.`);
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return new SendFault('invalidTemplate', `This request cannot be sent: ${messageOf(error)}.`);
  }
  if (code.startsWith('HPE_'))
    return new SendFault('answerBroken', `What ${host} answered is no HTTP (${code}).`);
  return new SendFault('answerBroken', `${host} closed the connection before its answer was whole.`);
}

/** Node wraps the errors of several addresses into one. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
