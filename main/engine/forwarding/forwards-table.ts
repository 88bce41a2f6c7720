// Rules that pass captures on, and their deliveries, in the store. The cursor of a rule says which captures it has looked at.
import type { ForwardState, Outcome } from '#contract';
import type { Database } from '../store/database.ts';

export interface ForwardRuleRow {
  id: string;
  data_source_id: string | null;
  name: string;
  /** JSON lists and objects, as the contract has them. */
  urls: string;
  filter: string;
  headers: string;
  enabled: number;
  cursor_sequence: number;
  created_at: number;
  deleted_at: number | null;
}

export interface ForwardDeliveryRow {
  id: number;
  rule_id: string;
  data_source_id: string;
  capture_id: string;
  url: string;
  state: ForwardState;
  tries: number;
  next_at: number | null;
  status: number | null;
  failure: string | null;
  took_us: number | null;
  answer_headers: string | null;
  answer_size: number | null;
  answer_body: Uint8Array | null;
  created_at: number;
  last_at: number | null;
}

export type ListedDelivery = Omit<ForwardDeliveryRow, 'answer_headers' | 'answer_size' | 'answer_body'>;

export interface NewCall {
  sequence: number;
  id: string;
  data_source_id: string;
  outcome: Outcome;
  event_type: string | null;
  origin: string;
}

const listed =
  'id, rule_id, data_source_id, capture_id, url, state, tries, next_at, status, failure, took_us, created_at, last_at';
const ofLiveSources = 'data_source_id NOT IN (SELECT id FROM data_sources WHERE deleted_at IS NOT NULL)';

export function createForwardsTable(database: Database) {
  const insertRule = database.prepare<[Omit<ForwardRuleRow, 'deleted_at'>], never>(
    `INSERT INTO forward_rules (id, data_source_id, name, urls, filter, headers, enabled, cursor_sequence, created_at)
      VALUES (@id, @data_source_id, @name, @urls, @filter, @headers, @enabled, @cursor_sequence, @created_at)`,
  );
  const rules = database.prepare<[], ForwardRuleRow>(
    `SELECT * FROM forward_rules WHERE deleted_at IS NULL AND (data_source_id IS NULL OR ${ofLiveSources})
      ORDER BY created_at DESC, id DESC`,
  );
  const rule = database.prepare<[string], ForwardRuleRow>('SELECT * FROM forward_rules WHERE id = ?');
  const updateRule = database.prepare<
    [Pick<ForwardRuleRow, 'id' | 'data_source_id' | 'name' | 'urls' | 'filter' | 'headers'>],
    never
  >(
    `UPDATE forward_rules SET data_source_id = @data_source_id, name = @name, urls = @urls, filter = @filter,
      headers = @headers WHERE id = @id`,
  );
  const setEnabled = database.prepare<[number, number, string], never>(
    'UPDATE forward_rules SET enabled = ?, cursor_sequence = max(cursor_sequence, ?) WHERE id = ?',
  );
  const setDeleted = database.prepare<[number | null, string], never>(
    'UPDATE forward_rules SET deleted_at = ? WHERE id = ?',
  );
  const oldDeleted = database.prepare<[number], { id: string }>(
    'SELECT id FROM forward_rules WHERE deleted_at <= ?',
  );
  const dropSome = database.prepare<[string, number], never>(
    'DELETE FROM forward_deliveries WHERE id IN (SELECT id FROM forward_deliveries WHERE rule_id = ? LIMIT ?)',
  );
  const dropRule = database.prepare<[string], never>('DELETE FROM forward_rules WHERE id = ?');
  const setCursor = database.prepare<[number, string], never>(
    'UPDATE forward_rules SET cursor_sequence = ? WHERE id = ?',
  );
  const newest = database.prepare<[], { sequence: number | null }>(
    'SELECT max(sequence) AS sequence FROM captures',
  );
  const after = database.prepare<[number, number], NewCall>(
    `SELECT sequence, id, data_source_id, outcome, event_type, origin FROM captures
      WHERE sequence > ? AND method NOT IN ('IMPORT', 'MANUAL') ORDER BY sequence LIMIT ?`,
  );
  const insertDelivery = database.prepare<
    [
      Pick<
        ForwardDeliveryRow,
        'rule_id' | 'data_source_id' | 'capture_id' | 'url' | 'next_at' | 'created_at'
      >,
    ],
    never
  >(
    `INSERT INTO forward_deliveries (rule_id, data_source_id, capture_id, url, state, next_at, created_at)
      VALUES (@rule_id, @data_source_id, @capture_id, @url, 'waiting', @next_at, @created_at)`,
  );
  const due = database.prepare<[number, number], ListedDelivery>(
    `SELECT ${listed} FROM forward_deliveries WHERE state = 'waiting' AND next_at <= ? AND rule_id IN
        (SELECT id FROM forward_rules WHERE enabled = 1 AND deleted_at IS NULL) ORDER BY next_at, id LIMIT ?`,
  );
  const nextDue = database.prepare<[], { at: number | null }>(
    `SELECT min(next_at) AS at FROM forward_deliveries WHERE state = 'waiting' AND rule_id IN
        (SELECT id FROM forward_rules WHERE enabled = 1 AND deleted_at IS NULL)`,
  );
  const settle = database.prepare<
    [
      Pick<
        ForwardDeliveryRow,
        | 'id'
        | 'state'
        | 'tries'
        | 'next_at'
        | 'status'
        | 'failure'
        | 'took_us'
        | 'answer_headers'
        | 'answer_size'
        | 'answer_body'
        | 'last_at'
      >,
    ],
    never
  >(
    `UPDATE forward_deliveries SET state = @state, tries = @tries, next_at = @next_at, status = @status, failure = @failure,
      took_us = @took_us, answer_headers = @answer_headers, answer_size = @answer_size, answer_body = @answer_body,
      last_at = @last_at WHERE id = @id`,
  );
  const delivery = database.prepare<[number], ForwardDeliveryRow>(
    'SELECT * FROM forward_deliveries WHERE id = ?',
  );
  const page = database.prepare<
    { rule: string; state: string | null; before: number; limit: number },
    ListedDelivery
  >(
    `SELECT ${listed} FROM forward_deliveries WHERE rule_id = @rule AND id < @before
      AND (@state IS NULL OR state = @state) ORDER BY id DESC LIMIT @limit`,
  );
  const counts = database.prepare<[string], { state: ForwardState; rows: number }>(
    'SELECT state, count(*) AS rows FROM forward_deliveries WHERE rule_id = ? GROUP BY state',
  );
  const last = database.prepare<[string], Pick<ListedDelivery, 'last_at' | 'status' | 'failure'>>(
    `SELECT last_at, status, failure FROM forward_deliveries WHERE rule_id = ? AND last_at IS NOT NULL
      ORDER BY id DESC LIMIT 1`,
  );
  const dropOld = database.prepare<[string, string, number], never>(
    `DELETE FROM forward_deliveries WHERE rule_id = ? AND state <> 'waiting' AND id <=
      (SELECT id FROM forward_deliveries WHERE rule_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );

  return {
    insertRule: (row: Omit<ForwardRuleRow, 'deleted_at'>) => void insertRule.run(row),
    rules: () => rules.all(),
    rule: (id: string) => rule.get(id),
    updateRule: (row: Parameters<typeof updateRule.run>[0]) => void updateRule.run(row),
    setEnabled: (id: string, enabled: boolean, cursor: number) =>
      void setEnabled.run(enabled ? 1 : 0, cursor, id),
    setDeleted: (id: string, at: number | undefined) => void setDeleted.run(at ?? null, id),
    deletedBefore: (at: number) => oldDeleted.all(at).map(({ id }) => id),
    dropDeliveries: (ruleId: string, limit: number) => dropSome.run(ruleId, limit).changes > 0,
    dropRule: (id: string) => void dropRule.run(id),
    setCursor: (id: string, sequence: number) => void setCursor.run(sequence, id),
    newestSequence: () => newest.get()?.sequence ?? 0,
    callsAfter: (sequence: number, limit: number) => after.all(sequence, limit),
    insertDelivery: (row: Parameters<typeof insertDelivery.run>[0]) => void insertDelivery.run(row),
    due: (now: number, limit: number) => due.all(now, limit),
    nextDue: () => nextDue.get()?.at ?? undefined,
    settle: (row: Parameters<typeof settle.run>[0]) => void settle.run(row),
    delivery: (id: number) => delivery.get(id),
    page: (ruleId: string, state: ForwardState | undefined, before: number, limit: number) =>
      page.all({ rule: ruleId, state: state ?? null, before, limit }),
    counts(ruleId: string): Record<ForwardState, number> {
      const all = { waiting: 0, delivered: 0, failed: 0 };
      for (const { state, rows } of counts.all(ruleId)) all[state] = rows;
      return all;
    },
    last: (ruleId: string) => last.get(ruleId),
    /** Results beyond the newest ones; what waits stays. */
    dropOld: (ruleId: string, kept: number) => void dropOld.run(ruleId, ruleId, kept),
  };
}

export type ForwardsTable = ReturnType<typeof createForwardsTable>;
