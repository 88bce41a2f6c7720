// What is decided about one call: its outcome, its answer, and what of it is kept. Pure.
import type { BodyFormat, CallVerification, FaultPlace, FoundInCall, Outcome, Rejection } from '#contract';
import type { HandshakeAnswer } from '../verification/handshakes.ts';
import { type Answer, answers } from './answers.ts';
import { limits } from './limits.ts';

export interface Verdict {
  outcome: Outcome;
  format: BodyFormat;
  answer: Answer;
  /** Instead of `answer` where the delivery id was seen before. */
  answerToRepeat?: Answer;
  elements: number;
  notes: string[];
  keepBody: boolean;
  eventType?: string | undefined;
  deliveryId?: string | undefined;
  rejection?: Rejection;
  verification?: CallVerification;
  found?: FoundInCall;
  /** Runs in the transaction that stores the call: keeps the secret which a handshake brought. */
  alongside?: () => void;
}

/** The verdict on a call that only checked the URL. */
export function handshakeVerdict(captureId: string, body: Uint8Array, handshake: HandshakeAnswer): Verdict {
  const { status, headers, body: text, note } = handshake;
  return {
    outcome: 'handshake',
    format: body.length === 0 ? 'empty' : 'text',
    answer:
      text === undefined ? { ...answers.handshake(captureId), status } : { status, headers, body: text },
    elements: 0,
    notes: [note],
    keepBody: true,
  };
}

/** The verdict on a call whose body was judged by its bytes alone. */
export function notGenuine(
  kind: 'refused' | 'unreadable',
  verification: CallVerification,
  body: Uint8Array,
): Verdict {
  const { code, reason, nearMiss } = verification;
  return {
    outcome: 'rejected',
    format: body.length === 0 ? 'empty' : 'text',
    answer:
      kind === 'refused'
        ? answers.notVerified()
        : answers.unavailable('The call could not be judged. Send it again later.'),
    elements: 0,
    notes: [],
    keepBody: body.length <= limits.maxRejectedBodyBytes,
    rejection: { code, message: nearMiss ? `${reason} ${nearMiss.text}` : reason },
    verification,
  };
}

/** The verdict on a body that was not read. */
export function notRead(answer: Answer): Verdict {
  const { error } = JSON.parse(answer.body) as { error: { code: string; message: string; at?: FaultPlace } };
  return {
    outcome: 'rejected',
    format: 'text',
    answer,
    elements: 0,
    notes: ['The body was not kept.'],
    keepBody: false,
    rejection: error,
  };
}
