// Compares what an attempt was answered with what the original call was answered, or another attempt; when somebody looks at it.
import { type AnswerComparison, ProblemError } from '#contract';
import type { CapturesTable } from '../captures/captures-table.ts';
import { answerFrom } from '../receiver/answers.ts';
import { alwaysDifferent, type ComparedAnswer, compareAnswers, withIdOf } from './compare-answers.ts';
import type { ReplayAttemptRow, ReplayTable } from './replay-table.ts';

/** What a capture was answered; undefined where it is gone, or came before answers were kept. */
export const createAnswerOf =
  (captures: CapturesTable) =>
  (captureId: string): ComparedAnswer | undefined => {
    const row = captures.get(captureId);
    if (!row || row.answer === null) return undefined;
    const { headers, body } = answerFrom(row, row.answer);
    const bytes = Buffer.from(body);
    return { headers, body: bytes, size: bytes.length };
  };

export function createAnswerComparison(deps: {
  table: ReplayTable;
  captures: CapturesTable;
  conceal(connectionId: string, text: string): string;
}) {
  const { table, captures } = deps;
  const answerOf = createAnswerOf(captures);

  function attempt(id: string, number: number): ReplayAttemptRow {
    const row = table.attempt(id, number);
    if (!row)
      throw new ProblemError('replay.missing', 'This attempt was not made, or its replay is gone.', {
        path: 'number',
      });
    return row;
  }

  function original(captureId: string | null): ComparedAnswer | undefined {
    const row = captureId === null ? undefined : captures.get(captureId);
    const answer = row && answerOf(row.id);
    if (!row || !answer) return undefined;
    const body = Buffer.from(deps.conceal(row.connection_id, Buffer.from(answer.body).toString()));
    return { ...answer, body, size: body.length };
  }

  /** @throws ProblemError replay.missing */
  return function compare({
    id,
    number,
    beside,
  }: {
    id: string;
    number: number;
    beside?: number | undefined;
  }): AnswerComparison {
    const row = attempt(id, number);
    const captureId = row.capture_id;
    const right = keptAnswer(row);
    const other = beside === undefined ? undefined : attempt(id, beside);
    const left = other ? keptAnswer(other) : original(captureId);
    if (!left || !right) return { leftOut: alwaysDifferent, isPart: false };
    const ownId = captureId ?? row.new_capture_id ?? undefined;
    return compareAnswers(
      withIdOf(left, other?.new_capture_id ?? undefined, ownId),
      withIdOf(right, row.new_capture_id ?? undefined, ownId),
    );
  };
}

export type CompareAttempts = ReturnType<typeof createAnswerComparison>;

function keptAnswer(row: ReplayAttemptRow): ComparedAnswer | undefined {
  if (row.answer_headers === null) return undefined;
  const body = row.answer_body ?? new Uint8Array();
  return {
    headers: JSON.parse(row.answer_headers) as [string, string][],
    body,
    size: row.answer_size ?? body.length,
  };
}
