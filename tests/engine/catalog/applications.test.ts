// Every application of the catalog, checked one by one: schema, icon, sentences, certainty, and a sample that maps.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type ApplicationDefinition,
  applicationDefinition,
  type FactGroup,
} from '../../../main/engine/catalog/application-definition.ts';
import { applicationList } from '../../../main/engine/catalog/application-list.ts';
import { applyMapping, type MappedElement } from '../../../main/engine/mapping/apply-mapping.ts';
import { compileMapping } from '../../../main/engine/mapping/compile-mapping.ts';
import { parseBody } from '../../../main/engine/parsing/parse-body.ts';

const folder = new URL('../../../main/engine/catalog/applications/', import.meta.url);
const icons = new URL('../../../node_modules/simple-icons/icons/', import.meta.url);

function sentences(text: string): string[] {
  return text.split(/(?<=[.:;?])\s+/);
}

/** A fact may stand there as certain only where its evidence is more than `unverified`. */
function supported(definition: ApplicationDefinition, group: FactGroup): boolean {
  const evidence = definition.evidence[group];
  return evidence !== undefined && evidence.level !== 'unverified';
}

/** The sample as the receiver would map it. */
function mapSample(
  definition: ApplicationDefinition,
  mapping: { id?: string; title?: string; split?: string },
): MappedElement[] {
  const { sample } = definition;
  const parsed = parseBody({
    body: new TextEncoder().encode(sample.body),
    contentType: sample.contentType || undefined,
  });
  if (!parsed.ok) throw new Error(parsed.rejection.message);
  const { id = '', title = '', split } = mapping;
  const result = compileMapping({ id, title, ...(split === undefined ? {} : { split }) });
  if (!result.ok) throw new Error(JSON.stringify(result.rows));
  return applyMapping(result.compiled, {
    value: parsed.value,
    headers: Object.entries(sample.headers),
    singleAsList: parsed.format === 'xml',
  });
}

function expectItems(elements: MappedElement[]): void {
  expect(elements.length).toBeGreaterThan(0);
  for (const element of elements) {
    expect(element.problem).toBeUndefined();
    expect(element.externalId).toMatch(/\S/);
    expect(element.titleAbsent).toBeUndefined();
    expect(element.title).toMatch(/\S/);
  }
}

test('every file is listed under its own id, and nothing else is', () => {
  const files = readdirSync(folder).map((file) => file.replace(/\.ts$/, ''));
  expect(applicationList.map((definition) => definition.id).sort()).toEqual(files.sort());
});

describe.each(applicationList.map((definition) => [definition.id, definition] as const))(
  '%s',
  (_, definition) => {
    test('meets the schema, and nothing is left over', () => {
      expect(applicationDefinition.parse(definition)).toEqual(definition);
    });

    test('has an icon that exists', () => {
      const { slug } = definition.icon;
      if (slug !== undefined) expect(existsSync(new URL(`${slug}.svg`, icons))).toBe(true);
    });

    test('has short sentences', () => {
      const texts = [
        ...definition.steps.map((step) => step.text),
        definition.urlCheck?.text,
        definition.signature?.text,
        definition.retries?.text,
        definition.mapping.note,
        definition.secretHint,
      ];
      for (const text of texts) {
        for (const sentence of sentences(text ?? '')) {
          expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(25);
        }
      }
    });

    test('says in exactly one step where the URL goes', () => {
      expect(definition.steps.filter((step) => step.pastesUrl)).toHaveLength(1);
    });

    test('shows nothing unverified as certain', () => {
      for (const step of definition.steps) {
        if (step.menu && step.certainty !== 'unconfirmed')
          expect(supported(definition, 'settings'), step.text).toBe(true);
      }
      const { urlCheck, signature, answerLimit, retries, mapping } = definition;
      if (urlCheck?.certainty === 'confirmed') expect(supported(definition, 'urlCheck')).toBe(true);
      if (signature?.certainty === 'confirmed') expect(supported(definition, 'signature')).toBe(true);
      if (answerLimit?.certainty === 'confirmed') expect(supported(definition, 'response')).toBe(true);
      if (retries?.certainty === 'confirmed') expect(supported(definition, 'response')).toBe(true);
      if (mapping.certainty !== 'unconfirmed') expect(supported(definition, 'item')).toBe(true);
      if (definition.eventType) expect(supported(definition, 'eventType')).toBe(true);
      if (definition.deliveryId) expect(supported(definition, 'deliveryId')).toBe(true);
    });

    test('describes the check and the signature that the engine carries out', () => {
      if (definition.handshake && definition.handshake.kind !== 'fixedReply') {
        expect(definition.urlCheck?.kind).toBe(definition.handshake.kind);
      }
      expect(definition.signature?.scheme).toBe(definition.signatureSchemes[0]?.kind);
      const [scheme] = definition.signatureSchemes;
      if (scheme && 'header' in scheme && scheme.header)
        expect(definition.signature?.header).toBe(scheme.header);
    });

    test('has a sample that the suggested mapping turns into items', () => {
      expectItems(mapSample(definition, definition.mapping));
      const event = definition.events.find(({ name }) => name === definition.sample.event);
      if (event?.mapping) expectItems(mapSample(definition, event.mapping));
    });

    test('has event mappings whose paths can be read', () => {
      for (const { mapping } of definition.events) {
        if (mapping)
          expect(compileMapping({ id: mapping.id ?? '', title: mapping.title ?? '' }).ok).toBe(true);
      }
    });

    test('has a sample in a content type of its own, with event type and delivery id in their places', () => {
      const { contentTypes, sample, eventType, deliveryId, mapping } = definition;
      const bare = (type: string) => type.split(';')[0];
      if (contentTypes.length > 0) expect(contentTypes.map(bare)).toContain(bare(sample.contentType));
      const header = (name: string) =>
        Object.entries(sample.headers).find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];
      if (eventType?.header) expect(header(eventType.header)).toBe(sample.event);
      else if (eventType?.path) {
        const [event] = mapSample(definition, { id: eventType.path, title: eventType.path });
        if (sample.event !== undefined) expect(event?.externalId).toBe(sample.event);
      }
      if (deliveryId?.header) expect(header(deliveryId.header)).toMatch(/\S/);
      if (deliveryId?.path) {
        const split = deliveryId.perItem ? mapping.split : undefined;
        const ids = mapSample(definition, {
          id: deliveryId.path,
          title: deliveryId.path,
          ...(split ? { split } : {}),
        });
        expectItems(ids);
      }
    });
  },
);
