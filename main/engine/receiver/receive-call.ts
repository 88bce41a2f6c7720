// One call from its first byte to its answer: limits, handshake, parsing, commit, answer. Nothing is answered with a
// 2xx before its capture is on disk, and our own faults are never a 4xx.
//
// Threats: the whole request is hostile. It is bounded in bytes and time, judged on its raw bytes, stored as it came,
// and never echoed in an answer.
import type { IncomingMessage } from 'node:http';
import type { BodyFormat, FaultPlace, IndexState, Outcome, Rejection } from '#contract';
import { packBody } from '../captures/body-packing.ts';
import type { NewCapture } from '../captures/captures-table.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { InboundConnection } from '../data-sources/data-sources.ts';
import { createId } from '../ids.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import { answerHandshake, deliveryReply } from '../verification/handshakes.ts';
import { type Answer, answers } from './answers.ts';
import type { GroupCommit } from './group-commit.ts';
import { limits } from './limits.ts';
import { type BodyBudget, readBody } from './read-body.ts';
import { headerPairs, type Target } from './target.ts';

export interface ReceivedCall {
  answer: Answer;
  /** Present where the call was stored. */
  stored?: { dataSourceId: string; captureId: string; sequence: number };
}

interface Verdict {
  outcome: Outcome;
  format: BodyFormat;
  elements: number;
  notes: string[];
  answer: (captureId: string) => Answer;
  eventType?: string | undefined;
  deliveryId?: string | undefined;
  rejection?: Rejection | undefined;
  keepBody: boolean;
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const callMethods = new Set(['POST', 'PUT', 'PATCH']);

export function createCallReceiver(deps: {
  reader: PayloadReader;
  commit: GroupCommit;
  catalog: Catalog;
  budget: BodyBudget;
  /** The split path of the saved mapping, so that the answer counts items and not only documents. */
  splitOf(dataSourceId: string): string | undefined;
}) {
  const { reader, commit, catalog, budget } = deps;

  async function receive(
    request: IncomingMessage,
    target: Target,
    connection: InboundConnection,
    startReading: () => void,
  ): Promise<ReceivedCall | undefined> {
    const method = request.method ?? '';
    if (!readMethods.has(method) && !callMethods.has(method)) return { answer: answers.wrongMethod() };

    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > limits.maxBodyBytes) {
      const answer = answers.tooLarge(limits.maxBodyBytes, true);
      return await store(request, target, connection, new Uint8Array(), announced, refusal(answer));
    }
    startReading();
    const read = await readBody(request, limits.maxBodyBytes, budget);
    if (read.kind === 'aborted') return undefined;
    if (read.kind === 'overloaded') {
      return {
        answer: answers.unavailable('Too many large calls are arriving at once. Send it again.', true),
      };
    }
    if (read.kind === 'tooLarge') {
      const answer = answers.tooLarge(limits.maxBodyBytes, false);
      return await store(request, target, connection, new Uint8Array(), limits.maxBodyBytes, refusal(answer));
    }
    try {
      const verdict = await judge(request, target, connection, read.body);
      return await store(request, target, connection, read.body, read.body.length, verdict);
    } finally {
      read.release();
    }
  }

  async function judge(
    request: IncomingMessage,
    target: Target,
    connection: InboundConnection,
    body: Buffer,
  ): Promise<Verdict> {
    const definition = connection.applicationId ? catalog.definition(connection.applicationId) : undefined;
    const handshake = answerHandshake(definition, {
      method: request.method ?? '',
      headers: headerPairs(request),
      query: target.query,
      body,
    });
    if (handshake) {
      const { status, headers, body: text, note } = handshake;
      return {
        outcome: 'handshake',
        format: body.length === 0 ? 'empty' : 'text',
        elements: 0,
        notes: [note],
        answer: (captureId) =>
          text === undefined ? { ...answers.handshake(captureId), status } : { status, headers, body: text },
        keepBody: true,
      };
    }
    const checked = await reader.check(
      {
        key: '',
        body,
        contentType: request.headers['content-type'],
        contentEncoding: request.headers['content-encoding'],
        headers: headerPairs(request),
        query: target.query,
      },
      {
        splitPath: deps.splitOf(connection.dataSourceId),
        eventType: definition?.eventType,
        deliveryId: definition?.deliveryId,
      },
    );
    if (!checked.ok) {
      const { code, message, at } = checked.rejection;
      return {
        outcome: 'rejected',
        format: checked.format,
        elements: 0,
        notes: [],
        answer: () => answers.rejected(checked.status, code, message, at),
        rejection: checked.rejection,
        keepBody: body.length <= limits.maxRejectedBodyBytes,
      };
    }
    return {
      outcome: 'accepted',
      format: checked.format,
      elements: checked.elements,
      notes: checked.notes,
      answer: (captureId) => deliveryReply(definition) ?? answers.accepted(captureId, checked.elements),
      eventType: checked.eventType,
      deliveryId: checked.deliveryId,
      keepBody: true,
    };
  }

  async function store(
    request: IncomingMessage,
    target: Target,
    connection: InboundConnection,
    body: Uint8Array,
    size: number,
    verdict: Verdict,
  ): Promise<ReceivedCall> {
    const now = Date.now();
    const captureId = createId('cap', now);
    const answer = verdict.answer(captureId);
    const indexState: IndexState = verdict.outcome === 'accepted' ? 'waiting' : 'none';
    const capture: NewCapture = {
      id: captureId,
      data_source_id: connection.dataSourceId,
      connection_id: connection.id,
      received_at: now,
      method: request.method ?? '',
      path: target.path,
      query: target.query,
      headers: JSON.stringify(headerPairs(request)),
      content_type: request.headers['content-type'] ?? null,
      format: verdict.format,
      size,
      outcome: verdict.outcome,
      status: answer.status,
      event_type: verdict.eventType ?? null,
      delivery_id: verdict.deliveryId ?? null,
      item_count: verdict.elements,
      index_state: indexState,
      rejection: verdict.rejection ? JSON.stringify(verdict.rejection) : null,
      notes: JSON.stringify(verdict.notes),
      body: verdict.keepBody
        ? await packBody(body, request.headers['content-encoding'] !== undefined)
        : undefined,
    };
    const { sequence, duplicate } = await commit.add(capture);
    return {
      answer: duplicate ? answers.duplicate(captureId) : answer,
      stored: { dataSourceId: connection.dataSourceId, captureId, sequence },
    };
  }

  return receive;
}

/** The verdict on a body that was not read. */
function refusal(answer: Answer): Verdict {
  const { error } = JSON.parse(answer.body) as { error: { code: string; message: string; at?: FaultPlace } };
  return {
    outcome: 'rejected',
    format: 'text',
    elements: 0,
    notes: ['The body was not kept.'],
    answer: () => answer,
    rejection: error,
    keepBody: false,
  };
}
