// One call from its first byte to its answer: limits, verification (verify-call.ts), parsing, commit, answer. Nothing is answered with a
// 2xx before its capture is on disk, and our own faults are never a 4xx.
//
// Threats: the whole request is hostile. It is bounded in bytes and time, judged on its raw bytes, stored as it came,
// and never echoed in an answer.
import type { IncomingMessage } from 'node:http';
import { packBody } from '../captures/body-packing.ts';
import type { NewCapture } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { InboundConnection } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import type { PayloadReader, Splitting } from '../payloads/payload-reader.ts';
import { deliveryReply } from '../verification/handshakes.ts';
import { type Answer, answers, keptAnswer } from './answers.ts';
import type { CallRates } from './call-rates.ts';
import type { GroupCommit } from './group-commit.ts';
import { limits } from './limits.ts';
import { type OwnCalls, type TakenOwnCall, withoutMark } from './own-calls.ts';
import type { ProbeCalls, ProbedCall } from './probe-calls.ts';
import { type BodyBudget, readBody } from './read-body.ts';
import { headerPairs, type Target } from './target.ts';
import { handshakeVerdict, notGenuine, notRead, type Verdict } from './verdict.ts';
import type { VerifyCall } from './verify-call.ts';

export interface ReceivedCall {
  answer: Answer;
  /** Present where the call was stored. */
  stored?: { dataSourceId: string; captureId: string; sequence: number; committedAt: bigint };
}

/** Told as a body is read. */
export interface Reading {
  /** Before the first byte: senders that wait for `100 Continue` get it now. */
  start(): void;
  /** Nothing more is awaited of the sender. */
  arrivedWhole(): void;
}

/** One request that named a live connection. */
interface Call {
  captureId: string;
  request: IncomingMessage;
  target: Target;
  connection: InboundConnection;
  /** Present where the engine itself made the call to probe the receiver: it is judged, and not stored. */
  tellProber: ((judged: ProbedCall) => void) | undefined;
  /** Present where the engine itself sends a call again or simulates one: it is stored with where it comes from. */
  own: TakenOwnCall | undefined;
  /** As received, without the engine's own mark. */
  headers: [string, string][];
}

/** GET, HEAD and OPTIONS check a URL, POST calls it. */
const knownMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST']);
const noBody = new Uint8Array();

export function createCallReceiver(deps: {
  reader: PayloadReader;
  commit: GroupCommit;
  catalog: Catalog;
  budget: BodyBudget;
  verifyCall: VerifyCall;
  probeCalls: ProbeCalls;
  ownCalls: OwnCalls;
  rates: CallRates;
  /** How the saved mapping splits calls, so that the answer counts items and not only documents. */
  splittingOf(dataSourceId: string): Splitting | undefined;
}) {
  const { reader, commit, catalog, budget } = deps;

  /** Undefined where the sender went away before its call was whole: nobody is there to answer. */
  async function receive(
    request: IncomingMessage,
    target: Target,
    connection: InboundConnection,
    reading: Reading,
  ): Promise<ReceivedCall | undefined> {
    const method = request.method ?? '';
    if (!knownMethods.has(method)) return { answer: answers.wrongMethod() };

    const tellProber = deps.probeCalls.take(request);
    const own = deps.ownCalls.take(request);
    if (own?.outage) return { answer: answers.unavailable('An outage is being simulated.', true) };
    const { callsPerMinute, maxBodyBytes = limits.maxBodyBytes } = connection.receiving;
    if (!tellProber && callsPerMinute !== undefined) {
      const retryAfterSeconds = deps.rates.take(connection.id, callsPerMinute);
      if (retryAfterSeconds !== undefined) {
        return { answer: answers.tooMany(callsPerMinute, retryAfterSeconds, !request.complete) };
      }
    }
    const headers = withoutMark(headerPairs(request), own);
    const call: Call = {
      captureId: createId('cap'),
      request,
      target,
      connection,
      tellProber,
      own,
      headers,
    };
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > maxBodyBytes) {
      return await store(call, noBody, announced, notRead(answers.tooLarge(maxBodyBytes, true)));
    }
    const coding = request.headers['transfer-encoding']?.trim().toLowerCase() ?? 'chunked';
    if (coding !== 'chunked') return await store(call, noBody, 0, notRead(answers.unknownTransferCoding()));
    reading.start();
    const read = await readBody(request, maxBodyBytes, budget);
    switch (read.kind) {
      case 'aborted':
        return undefined;
      case 'overloaded':
        return {
          answer: answers.unavailable('Too many large calls are arriving at once. Send it again.', true),
        };
      case 'tooLarge':
        return await store(call, noBody, maxBodyBytes, notRead(answers.tooLarge(maxBodyBytes, false)));
      case 'whole':
        reading.arrivedWhole();
        try {
          return await store(call, read.body, read.body.length, await judge(call, read.body));
        } finally {
          read.release();
        }
    }
  }

  async function judge(
    { captureId, request, target, connection, headers }: Call,
    body: Buffer,
  ): Promise<Verdict> {
    const definition = connection.applicationId ? catalog.definition(connection.applicationId) : undefined;
    const { query } = target;
    const verified = await deps.verifyCall({ request, headers, query, connection, definition, body });
    if (verified.kind === 'handshake') {
      const { answer, found, keepSecret } = verified;
      return {
        ...handshakeVerdict(captureId, body, answer),
        ...(found ? { found } : {}),
        ...(keepSecret ? { alongside: keepSecret } : {}),
      };
    }
    const { verification } = verified;
    if (verified.kind !== 'goesOn') return notGenuine(verified.kind, verification, body);
    const checked = await reader.check(
      {
        key: captureId,
        body,
        contentType: request.headers['content-type'],
        contentEncoding: request.headers['content-encoding'],
        headers,
        query: target.query,
        maxBytes: connection.receiving.maxBodyBytes,
      },
      {
        splitting: deps.splittingOf(connection.dataSourceId),
        eventType: definition?.eventType ?? placeOf(connection.receiving.eventTypeAt),
        // Where every element of a call has its own id, none of them tells whether the whole call is a repeat.
        deliveryId: definition?.deliveryId?.perItem
          ? undefined
          : (definition?.deliveryId ?? placeOf(connection.receiving.deliveryIdAt)),
      },
    );
    if (!checked.ok) {
      const { format, status, rejection } = checked;
      return {
        outcome: 'rejected',
        format,
        answer: answers.rejected(status, rejection),
        elements: 0,
        notes: [],
        keepBody: body.length <= limits.maxRejectedBodyBytes,
        rejection,
        verification,
      };
    }
    const { format, elements, notes, eventType, deliveryId } = checked;
    const own = connection.receiving.answer;
    const reply = own ? answers.own(own) : deliveryReply(definition);
    const answer = reply ?? answers.accepted(captureId, elements);
    return {
      outcome: 'accepted',
      format,
      answer,
      answerToRepeat: reply ?? answers.duplicate(captureId),
      elements,
      notes,
      keepBody: true,
      eventType,
      deliveryId,
      verification,
    };
  }

  async function store(
    { captureId, request, target, connection, tellProber, own, headers }: Call,
    body: Uint8Array,
    size: number,
    verdict: Verdict,
  ): Promise<ReceivedCall> {
    if (tellProber) {
      tellProber(verdict);
      return { answer: verdict.answer };
    }
    const capture: NewCapture = {
      id: captureId,
      data_source_id: connection.dataSourceId,
      connection_id: connection.id,
      received_at: Date.now(),
      method: request.method ?? '',
      path: target.path,
      query: target.query,
      headers: JSON.stringify(headers),
      content_type: request.headers['content-type'] ?? null,
      format: verdict.format,
      size,
      outcome: verdict.outcome,
      status: verdict.answer.status,
      event_type: verdict.eventType ?? null,
      delivery_id: verdict.deliveryId ?? null,
      item_count: verdict.elements,
      index_state: verdict.outcome === 'accepted' ? 'waiting' : 'none',
      rejection: verdict.rejection ? JSON.stringify(verdict.rejection) : null,
      notes: JSON.stringify(verdict.notes),
      verification: verdict.verification ? JSON.stringify(verdict.verification) : null,
      found: verdict.found ? JSON.stringify(verdict.found) : null,
      ...(own
        ? { origin: own.origin, replay_of: own.replayOf ?? null, runs_modules: own.runsModules ? 1 : 0 }
        : {}),
      answer: keptAnswer(verdict.answer),
      ...(verdict.answerToRepeat && { answerToRepeat: keptAnswer(verdict.answerToRepeat) }),
      body: verdict.keepBody
        ? await packBody(body, request.headers['content-encoding'] !== undefined)
        : undefined,
    };
    // Paused or deleted while the call was read: it is as if it had come now.
    if (connection.state === 'paused') return { answer: answers.paused(false) };
    if (connection.state === 'deleted') return { answer: answers.unknownUrl() };
    const { sequence, duplicate } = await commit.add(capture, verdict.alongside);
    own?.tell({
      captureId,
      outcome: duplicate ? 'duplicate' : verdict.outcome,
      elements: duplicate ? 0 : verdict.elements,
      eventType: verdict.eventType,
      rejection: verdict.rejection,
      verification: verdict.verification,
    });
    return {
      answer: duplicate ? (verdict.answerToRepeat ?? verdict.answer) : verdict.answer,
      stored: {
        dataSourceId: connection.dataSourceId,
        captureId,
        sequence,
        committedAt: process.hrtime.bigint(),
      },
    };
  }

  return receive;
}

const placeOf = (path: string | undefined) => (path === undefined ? undefined : { path });
