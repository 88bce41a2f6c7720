// Answers the calls by which a sender checks a webhook URL, from the application's rule. Decides which call is a handshake; how each kind is
// answered stands in handshake-responders.ts. Pure.
import type {
  Asked,
  HandshakeAnswer,
  HandshakeDefinition,
  HandshakeRequest,
  HandshakeSecrets,
} from './handshake-responders.ts';
import { handshakeResponders } from './handshake-responders.ts';
import type { HandshakeOf, HandshakeRule } from './handshake-rule.ts';

export type {
  HandshakeAnswer,
  HandshakeDefinition,
  HandshakeRequest,
  HandshakeSecrets,
} from './handshake-responders.ts';

/** Indexed by the rule's own kind, so the responder always gets the rule that it is made for. */
function respond<K extends HandshakeRule['kind']>(
  rule: HandshakeOf<K> & { kind: K },
  asked: Asked,
): HandshakeAnswer | undefined {
  return handshakeResponders[rule.kind](rule, asked);
}

/**
 * The answer to a handshake; `undefined` where the call is an ordinary delivery. Without a rule that applies, GET, HEAD, OPTIONS and an
 * empty POST are answered with 200, except that an application whose calls have no body gets its empty POSTs through.
 */
export function answerHandshake(
  definition: HandshakeDefinition | undefined,
  request: HandshakeRequest,
  secrets: HandshakeSecrets = {},
): HandshakeAnswer | undefined {
  const answer = definition?.handshake && respond(definition.handshake, { request, secrets, definition });
  if (answer) return answer;
  const { method } = request;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') {
    return { status: 200, headers: {}, note: `URL check by ${method}, answered with 200.` };
  }
  if (method === 'POST' && request.body.length === 0 && definition?.contentTypes.length !== 0) {
    return { status: 200, headers: {}, note: 'Call without a body, answered with 200.' };
  }
  return undefined;
}

/** What the application wants as the answer to every accepted delivery, where it wants something of its own. */
export function deliveryReply(
  definition: HandshakeDefinition | undefined,
): { status: number; headers: Record<string, string>; body: string } | undefined {
  const rule = definition?.handshake;
  if (rule?.kind !== 'fixedReply') return undefined;
  return { status: 200, headers: { 'Content-Type': rule.contentType }, body: rule.body };
}
