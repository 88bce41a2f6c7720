// Passes captures on: looks at what came, writes down which call goes to which URL, sends it byte for byte, tries again where it fails.
// What waits is in the store, so a restart goes on with it. Kept from loops by the count of rounds that each call carries.
import type { ForwardRule } from '#contract';
import { errorFacts, type Log } from '../../log/log.ts';
import type { Captures } from '../captures/captures.ts';
import type { CapturesTable } from '../captures/captures-table.ts';
import { hopHeader, hopsOf, nextHop } from '../outbound/loop-guard.ts';
import type { SendRequest } from '../outbound/send-request.ts';
import { asText, hostAndPort, wholeAnswers } from '../replay/deliver-call.ts';
import {
  endToEnd,
  type HeaderList,
  isNamed,
  type SourceCall,
  sourceCallOf,
  withoutHeaders,
} from '../replay/source-call.ts';
import { withQuery } from '../replay/target-url.ts';
import { type Database, transactRepeatable } from '../store/database.ts';
import type { ForwardRuleRow, ForwardsTable, ListedDelivery, NewCall } from './forwards-table.ts';
import type { RuleHeaders } from './rule-headers.ts';

const lookedAtOnce = 200;
/** To one URL at once, so that a slow one delays no other. */
const mostToOneUrl = 4;
const mostAtOnce = 32;
const timeoutMs = 15_000;
const retryMs = [1_000, 5_000, 30_000, 120_000, 600_000];
/** Results of one rule beyond the newest ones are forgotten. */
const keptResults = 10_000;
const afterFaultMs = 5_000;
/** They describe the body, whatever other headers are replaced. */
const ofTheBody = new Set(['content-type', 'content-encoding', 'content-language']);

type RuleFilter = ForwardRule['filter'] & { includesReplays: boolean };

function fits(rule: ForwardRuleRow, filter: RuleFilter, call: NewCall): boolean {
  return (
    (rule.data_source_id === null || rule.data_source_id === call.data_source_id) &&
    (filter.outcomes.length === 0 || filter.outcomes.includes(call.outcome)) &&
    (filter.eventTypes.length === 0 ||
      (call.event_type !== null && filter.eventTypes.includes(call.event_type))) &&
    (filter.includesReplays || call.origin === 'call')
  );
}

function headersFor(
  call: SourceCall,
  mode: ForwardRule['headers']['mode'],
  set: HeaderList,
  hop: number | undefined,
): HeaderList {
  const received = endToEnd(call.headers);
  const kept = mode === 'kept' ? received : received.filter(([name]) => ofTheBody.has(name.toLowerCase()));
  return [
    ...withoutHeaders(kept, ['host', hopHeader, ...set.map(([name]) => name)]),
    ...set,
    ...(hop === undefined ? [] : [[hopHeader, String(hop)] as [string, string]]),
  ];
}

export function createForwardWorker(deps: {
  database: Database;
  table: ForwardsTable;
  captures: Captures;
  capturesTable: CapturesTable;
  sendRequest: SendRequest;
  ruleHeaders: RuleHeaders;
  log: Log;
  /** Our own addresses, to recognise a circle. */
  own(): { local: string; public: string | undefined };
  onChanged(ruleId: string): void;
}) {
  const { database, table, captures, capturesTable, ruleHeaders, log } = deps;
  const stopping = new AbortController();
  const underWay = new Map<number, { lane: string; sending: Promise<void> }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let planning = false;
  let again = false;

  /** Looks at some captures for one rule; false when there are none left. */
  function plan(rule: ForwardRuleRow): boolean {
    const calls = table.callsAfter(rule.cursor_sequence, lookedAtOnce);
    const lastSeen = calls.at(-1);
    if (!lastSeen) return false;
    const filter = JSON.parse(rule.filter) as RuleFilter;
    const urls = JSON.parse(rule.urls) as string[];
    const now = Date.now();
    const fitting = calls.filter((call) => fits(rule, filter, call));
    transactRepeatable(database, () => {
      for (const { id, data_source_id } of fitting) {
        for (const url of urls) {
          table.insertDelivery({
            rule_id: rule.id,
            data_source_id,
            capture_id: id,
            url,
            next_at: now,
            created_at: now,
          });
        }
      }
      table.setCursor(rule.id, lastSeen.sequence);
      table.dropOld(rule.id, keptResults);
    });
    if (fitting.length > 0) deps.onChanged(rule.id);
    return calls.length === lookedAtOnce;
  }

  async function planAll(): Promise<void> {
    for (const { id } of table.rules()) {
      for (let more = true; more && !stopping.signal.aborted; ) {
        const rule = table.rule(id);
        more = rule?.enabled === 1 && rule.deleted_at === null && plan(rule);
        await new Promise(setImmediate);
      }
    }
  }

  const laneOf = ({ rule_id, url }: ListedDelivery) => `${rule_id} ${url}`;

  function sendDue(): void {
    clearTimeout(timer);
    timer = undefined;
    if (stopping.signal.aborted) return;
    const lanes = new Map<string, number>();
    for (const { lane } of underWay.values()) lanes.set(lane, (lanes.get(lane) ?? 0) + 1);
    const waiting = table.due(Date.now(), 10 * mostAtOnce).filter(({ id }) => !underWay.has(id));
    for (const each of waiting) {
      const lane = laneOf(each);
      if (underWay.size >= mostAtOnce) break;
      if ((lanes.get(lane) ?? 0) >= mostToOneUrl) continue;
      lanes.set(lane, (lanes.get(lane) ?? 0) + 1);
      const sending = send(each)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) log('error', 'a call could not be passed on', errorFacts(error));
        })
        .finally(() => {
          underWay.delete(each.id);
          if (!stopping.signal.aborted) sendSoon();
        });
      underWay.set(each.id, { lane, sending });
    }
    const next = table.nextDue();
    if (next !== undefined && underWay.size === 0) {
      timer = setTimeout(sendSoon, Math.max(0, Math.min(next - Date.now(), 60_000)));
      timer.unref();
    }
  }

  function sendSoon(): void {
    try {
      sendDue();
    } catch (error) {
      log('error', 'calls are not passed on for a moment', errorFacts(error));
      timer = setTimeout(sendSoon, afterFaultMs);
      timer.unref();
    }
  }

  async function send(row: ListedDelivery): Promise<void> {
    const started = process.hrtime.bigint();
    const tries = row.tries + 1;
    const give = (
      failure: string | undefined,
      facts: { status?: number; answer?: { headers: HeaderList; body: Uint8Array; size: number } } = {},
      isFinal = false,
    ): void => {
      const wait = failure === undefined || isFinal ? undefined : retryMs[tries - 1];
      const now = Date.now();
      transactRepeatable(database, () =>
        table.settle({
          id: row.id,
          state: failure === undefined ? 'delivered' : wait === undefined ? 'failed' : 'waiting',
          tries,
          next_at: wait === undefined ? null : now + wait,
          status: facts.status ?? null,
          failure: failure ?? null,
          took_us: Number((process.hrtime.bigint() - started) / 1000n),
          answer_headers: facts.answer ? JSON.stringify(facts.answer.headers) : null,
          answer_size: facts.answer?.size ?? null,
          answer_body: facts.answer?.body ?? null,
          last_at: now,
        }),
      );
      deps.onChanged(row.rule_id);
    };

    const rule = table.rule(row.rule_id);
    const capture = capturesTable.get(row.capture_id);
    if (!rule || !capture) return give('This call has been deleted before it was passed on.', {}, true);
    const body = await captures.body(row.capture_id);
    if (body.length === 0 && capture.size > 0) {
      return give('The body of this call was not kept when it was refused.', {}, true);
    }
    const call = sourceCallOf(capture, body);
    const stored = ruleHeaders.stored(rule.headers);
    const { headers: set, unreadable } = ruleHeaders.opened(rule.id, stored);
    if (unreadable !== undefined) {
      return give(
        `The secret of the header ${unreadable} cannot be opened with the key of this computer. Set it again in the rule.`,
        {},
        true,
      );
    }
    const url = withQuery(row.url, call.query);
    const allowedTargets = [hostAndPort(url)];
    const round = nextHop(url, hopsOf(call.headers), { ...deps.own(), allowedTargets });
    if (round?.isLoop) {
      return give('The call goes round in a circle through Hookbench. It was stopped.', {}, true);
    }
    const { answer, failure } = await deps.sendRequest(
      {
        method: call.method,
        url,
        headers: headersFor(call, stored.mode, set, round?.hop).map(([name, value]) => [name, asText(value)]),
        host: stored.keepHost ? call.headers.find(isNamed('host'))?.[1] : undefined,
        ...(body.length === 0 ? {} : { body }),
      },
      // The user named this very address in the rule.
      { timeoutMs, allowedTargets, signal: stopping.signal },
    );
    // What was under way at the end of the program is sent again at the next start.
    if (stopping.signal.aborted) return;
    const conceal = ruleHeaders.concealer(rule.id, stored);
    const isWhole = failure === undefined || wholeAnswers.has(failure.code);
    give(
      failure?.message,
      answer && isWhole
        ? {
            status: answer.status,
            answer: {
              headers: answer.headers.map(([name, value]): [string, string] => [
                name,
                Buffer.from(conceal(Buffer.from(value, 'latin1'))).toString('latin1'),
              ]),
              body: conceal(answer.body),
              size: answer.size,
            },
          }
        : {},
      answer?.status === 410 || failure?.code === 'targetForbidden' || failure?.code === 'invalidUrl',
    );
  }

  /** New captures came, or a rule changed. */
  function wake(): void {
    if (stopping.signal.aborted) return;
    if (planning) {
      again = true;
      return;
    }
    planning = true;
    planAll()
      .catch((error: unknown) => log('error', 'calls to pass on were not found', errorFacts(error)))
      .finally(() => {
        planning = false;
        sendSoon();
        if (!again) return;
        again = false;
        wake();
      });
  }

  return {
    wake,
    async stop(): Promise<void> {
      stopping.abort(new Error('the engine stops'));
      clearTimeout(timer);
      await Promise.all([...underWay.values()].map(({ sending }) => sending));
    },
  };
}

export type ForwardWorker = ReturnType<typeof createForwardWorker>;
