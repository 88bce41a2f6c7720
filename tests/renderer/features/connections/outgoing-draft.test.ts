import { expect, test } from 'vitest';
import type { OutgoingConfiguration } from '#contract';
import {
  draftOf,
  inputFaults,
  inputOf,
  isChanged,
  noSecrets,
  outgoingDraft,
  secretIsSet,
} from '../../../../renderer/features/connections/outgoing-draft.ts';

const saved: OutgoingConfiguration = {
  baseUrl: 'https://api.example.com',
  authorization: { kind: 'other', headers: [{ name: 'X-Api-Key', valueSet: true }] },
  headers: [{ name: 'X-Team', value: 'stock' }],
  timeoutMs: 20_000,
  allowedTargets: ['127.0.0.1:8080'],
  signingSecretSet: true,
  state: 'passed',
  updatedAt: '2026-11-24T10:00:00.000Z',
};

test('what is saved comes back as it was, without a secret, and is no change', () => {
  const draft = draftOf(saved);
  expect(inputOf(draft, noSecrets)).toEqual({
    baseUrl: 'https://api.example.com',
    authorization: { kind: 'other', headers: [{ name: 'X-Api-Key' }] },
    headers: [{ name: 'X-Team', value: 'stock' }],
    timeoutMs: 20_000,
    allowedTargets: ['127.0.0.1:8080'],
  });
  expect(isChanged(draft, saved, noSecrets)).toBe(false);
  expect(inputFaults(draft, noSecrets, saved)).toEqual(new Map());
  expect(outgoingDraft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
});

test('a typed secret is a change, and goes to the header of its row', () => {
  const draft = draftOf(saved);
  const key = draft.otherHeaders[0]?.key ?? '';
  const secrets = { values: { [key]: 's3cret' } };
  expect(isChanged(draft, saved, secrets)).toBe(true);
  expect(inputOf(draft, secrets).authorization).toEqual({
    kind: 'other',
    headers: [{ name: 'X-Api-Key', value: 's3cret' }],
  });
});

test('another kind asks for its own secret; the kind before keeps what was typed', () => {
  const draft = { ...draftOf(saved), kind: 'bearer' as const };
  expect(secretIsSet(saved, 'bearer')).toBe(false);
  expect([...inputFaults(draft, noSecrets, saved).keys()]).toEqual(['authorization.token']);
  expect(inputOf(draft, { values: {}, token: 't' }).authorization).toEqual({ kind: 'bearer', token: 't' });
  expect(draft.otherHeaders).toHaveLength(1);
});

test('a renamed header needs its value again, whatever the letter case', () => {
  expect(secretIsSet(saved, 'other', 'x-api-key')).toBe(true);
  expect(secretIsSet(saved, 'other', 'X-Other')).toBe(false);
  const draft = { ...draftOf(saved), otherHeaders: [{ key: 'a', name: 'X Other' }] };
  expect([...inputFaults(draft, noSecrets, saved).keys()]).toEqual([
    'authorization.headers.0.value',
    'authorization.headers.0.name',
  ]);
});

test('the signing secret is replaced or removed, never both', () => {
  const draft = { ...draftOf(saved), dropsSigningSecret: true };
  expect(inputOf(draft, noSecrets).signingSecret).toBeNull();
  expect(isChanged(draft, saved, noSecrets)).toBe(true);
  expect(inputOf(draft, { values: {}, signing: 'new' }).signingSecret).toBe('new');
});

test('Basic does without a password; one that is set stays, is replaced, or is removed', () => {
  const basic: OutgoingConfiguration = {
    ...saved,
    authorization: { kind: 'basic', username: 'key-1', passwordSet: true },
  };
  const fresh = { ...draftOf(undefined), baseUrl: saved.baseUrl, kind: 'basic' as const, username: 'key-1' };
  expect(inputFaults(fresh, noSecrets, undefined)).toEqual(new Map());
  const draft = draftOf(basic);
  expect(inputOf(draft, noSecrets).authorization).toEqual({ kind: 'basic', username: 'key-1' });
  const without = { ...draft, dropsPassword: true };
  expect(isChanged(without, basic, noSecrets)).toBe(true);
  expect(inputOf(without, noSecrets).authorization).toMatchObject({ password: '' });
  expect(inputOf(without, { values: {}, password: 'new' }).authorization).toMatchObject({ password: 'new' });
});
