// The set-up window's own judgement: what was seen, what is next, why a call was refused.
import { expect, test } from 'vitest';
import type { CaptureSummary, Outcome } from '#contract';
import { rejectionWords } from '../../../../renderer/features/captures/rejection-words.ts';
import { nextStepOf } from '../../../../renderer/features/data-source/next-step.ts';
import { whatWasSeen } from '../../../../renderer/features/set-up/what-was-seen.ts';

const none = {
  captures: 0,
  rejected: 0,
  handshakes: 0,
  items: 0,
  waiting: 0,
  needsAttention: 0,
  drifts: 0,
  modules: 0,
};

function call(outcome: Outcome): CaptureSummary {
  return {
    id: `cap_${outcome}`,
    dataSourceId: 'ds_1',
    connectionId: 'con_1',
    sequence: 1,
    receivedAt: '2026-11-23T10:00:00.000Z',
    method: 'POST',
    path: '/in/x',
    format: 'json',
    size: 2,
    outcome,
    status: 200,
    itemCount: 0,
    indexState: 'none',
    origin: 'call',
    runsModules: true,
  };
}

test('what was seen', () => {
  expect(whatWasSeen(none, [])).toEqual({ kind: 'nothing' });
  expect(whatWasSeen({ ...none, captures: 1, handshakes: 1 }, [call('handshake')])).toEqual({
    kind: 'handshakeOnly',
  });
  const refused = { ...call('handshake'), status: 503 };
  expect(whatWasSeen({ ...none, captures: 1, handshakes: 1 }, [refused])).toEqual({
    kind: 'handshakeOnly',
    refused,
  });
  const rejected = call('rejected');
  expect(
    whatWasSeen({ ...none, captures: 2, handshakes: 1, rejected: 1 }, [call('handshake'), rejected]),
  ).toEqual({
    kind: 'rejected',
    last: rejected,
  });
  expect(whatWasSeen({ ...none, captures: 2, rejected: 1 }, [rejected, call('accepted')])).toEqual({
    kind: 'usable',
  });
});

test('accepted calls beyond the shown ones count', () => {
  expect(whatWasSeen({ ...none, captures: 200, rejected: 150 }, [call('rejected')])).toEqual({
    kind: 'usable',
  });
});

test('the next step is what keeps data from becoming items', () => {
  const of = (counts: Partial<typeof none>, hasMapping = false) =>
    nextStepOf({ counts: { ...none, ...counts }, hasMapping });
  expect(of({})).toBe('firstCall');
  expect(of({ captures: 1, handshakes: 1 })).toBe('firstCall');
  expect(of({ captures: 1, rejected: 1 })).toBe('rejected');
  expect(of({ captures: 1 })).toBe('mapping');
  expect(of({ captures: 1, needsAttention: 1 }, true)).toBe('attention');
  expect(of({ captures: 1 }, true)).toBeUndefined();
});

test('a reason names its place once', () => {
  const at = { line: 3, column: 18 };
  expect(rejectionWords({ code: 'x', message: 'Not valid JSON.', at })).toBe(
    'Not valid JSON. (line 3, column 18)',
  );
  expect(rejectionWords({ code: 'x', message: 'Bad at line 3, column 18.', at })).toBe(
    'Bad at line 3, column 18.',
  );
  expect(rejectionWords({ code: 'x', message: 'Too large.' })).toBe('Too large.');
});
