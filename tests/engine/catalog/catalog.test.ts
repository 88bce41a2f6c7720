import { describe, expect, test } from 'vitest';
import { application } from '../../../main/contract/index.ts';
import { createCatalog } from '../../../main/engine/catalog/catalog.ts';

const catalog = createCatalog();
const found = (search: string) => catalog.list(search).map((entry) => entry.id);

describe('list', () => {
  test('gives all by name without a search', () => {
    const names = catalog.list().map((entry) => entry.name);
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
    expect(catalog.list('  ')).toEqual(catalog.list());
  });

  test('gives summaries only', () => {
    expect(Object.keys(catalog.list()[0] ?? {}).sort()).toEqual([
      'aliases',
      'category',
      'icon',
      'id',
      'name',
    ]);
  });

  test.each([
    ['mail', 'mailchimp'],
    ['MAILCHIMP', 'mailchimp'],
    ['git', 'github'],
    ['events', 'slack'],
    ['sms', 'twilio'],
    ['newsletter', 'mailchimp'],
    ['soap', 'salesforce-outbound'],
    ['outbound', 'salesforce-outbound'],
    ['githb', 'github'],
    ['salsforce', 'salesforce-outbound'],
    ['pull request', 'github'],
    ['merge', 'gitlab'],
    ['source control git', 'github'],
    ['Zööm', 'zoom'],
  ])('finds for "%s" %s first', (search, id) => {
    expect(found(search)[0]).toBe(id);
  });

  test('finds by category, behind names', () => {
    expect(found('source')).toEqual(expect.arrayContaining(['github', 'gitlab']));
  });

  test.each(['zzzzqq', '!!!', 'mail zzzzqq'])('finds nothing for "%s"', (search) => {
    expect(found(search)).toEqual([]);
  });
});

describe('get and definition', () => {
  test('get hides what only the engine needs', () => {
    const stripe = catalog.get('stripe');
    expect(application.strict().parse(stripe)).toEqual(stripe);
    expect(stripe).not.toHaveProperty('evidence');
    expect(catalog.definition('stripe')?.signatureSchemes[0]?.kind).toBe('hmac');
  });

  test('an unknown id, even the name of an object property, is undefined', () => {
    for (const id of ['nobody', '__proto__', 'constructor', '']) {
      expect(catalog.get(id)).toBeUndefined();
      expect(catalog.definition(id)).toBeUndefined();
    }
  });
});
