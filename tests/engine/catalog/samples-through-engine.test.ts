// The sample of every application through the real engine: posted to its webhook URL in its own content type, mapped with the suggestion.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationList } from '../../../main/engine/catalog/application-list.ts';
import { deliveryReply } from '../../../main/engine/verification/handshakes.ts';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.stop());

describe.each(applicationList.map((definition) => [definition.id, definition] as const))(
  '%s',
  (_, definition) => {
    test('its check is answered, its sample becomes items, and a repeat has no second effect', async () => {
      const { sample, deliveryId } = definition;
      const source = await engine.createSource(definition.id);
      for (const method of ['GET', 'HEAD']) expect((await fetch(source.url, { method })).status).toBe(200);

      const { suggested } = await engine.call('mapping.get', { dataSourceId: source.id });
      if (!suggested) throw new Error('The catalog suggests no mapping.');
      await engine.call('mapping.save', { dataSourceId: source.id, mapping: suggested });

      const post = () =>
        fetch(source.url, {
          method: 'POST',
          headers: {
            ...sample.headers,
            ...(sample.contentType ? { 'content-type': sample.contentType } : {}),
          },
          body: sample.body,
        });
      const own = deliveryReply(definition);
      for (const answer of [await post(), await post()]) {
        expect(answer.status).toBe(200);
        const text = await answer.text();
        if (own) {
          expect(text).toBe(own.body);
          expect(answer.headers.get('content-type')).toBe(own.headers['Content-Type']);
        } else expect(JSON.parse(text)).toMatchObject({ ok: true });
      }

      const { captures } = await engine.call('captures.list', { dataSourceId: source.id });
      const repeats = deliveryId && !deliveryId.perItem ? 'duplicate' : 'accepted';
      expect(captures.map((capture) => capture.outcome)).toEqual([
        repeats,
        'accepted',
        'handshake',
        'handshake',
      ]);
      if (definition.eventType && sample.event) expect(captures[1]?.eventType).toBe(sample.event);

      await expect
        .poll(async () => (await engine.call('items.list', { dataSourceId: source.id })).items.length)
        .toBeGreaterThan(0);
      const { items } = await engine.call('items.list', { dataSourceId: source.id });
      for (const item of items) {
        expect(item.externalId).toMatch(/\S/);
        expect(item.title).toMatch(/\S/);
      }
    });
  },
);
