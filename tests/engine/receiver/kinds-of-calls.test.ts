// Every kind of call that applications make, from its bytes over a real socket to the item, whatever its format, wrapping and character set.
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Mapping } from '#contract';
import { startTestEngine, type TestEngine } from '../../harness/test-engine.ts';

let test: TestEngine;
beforeAll(async () => {
  test = await startTestEngine();
});
afterAll(() => test.stop());

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = (charset?: string) => ({
  'content-type': `application/json${charset ? `; charset=${charset}` : ''}`,
});
const idTitle: Mapping = { id: 'id', title: 'title' };
const record = (title: string) => `{"id":7,"title":"${title}"}`;
const xml = (encoding: string, title: string) =>
  iconv.encode(
    `<?xml version="1.0" encoding="${encoding}"?><r><id>7</id><title>${title}</title></r>`,
    encoding,
  );
const ofXml: Mapping = { id: 'r.id', title: 'r.title' };
const multipart = new FormData();
multipart.append('id', '7');
multipart.append('title', 'Zoë');
multipart.append('invoice', new Blob(['PDF bytes'], { type: 'application/pdf' }), 'invoice.pdf');
const isFile: Mapping = { id: 'invoice.filename', title: 'invoice.size' };

type Case = [
  what: string,
  body: string | Uint8Array | FormData,
  headers: Record<string, string>,
  Mapping,
  string[],
];

it.each<Case>([
  ['a multipart form', multipart, {}, idTitle, ['7 Zoë']],
  ['a file in a multipart form', multipart, {}, isFile, ['invoice.pdf 9']],
  [
    'NDJSON',
    '{"id":1,"title":"One"}\n{"id":2,"title":"Two"}\n',
    { 'content-type': 'application/x-ndjson' },
    idTitle,
    ['1 One', '2 Two'],
  ],
  [
    'nested keys of a form',
    'data[id]=7&data[merges][FNAME]=Zo%C3%AB',
    form,
    { id: 'data.id', title: 'data.merges.FNAME' },
    ['7 Zoë'],
  ],
  [
    'JSON inside a form field',
    new URLSearchParams({ payload: record('Zoë') }).toString(),
    form,
    { id: 'payload.id', title: 'payload.title', unwrap: [{ path: 'payload', as: 'json' }] },
    ['7 Zoë'],
  ],
  [
    'base64 JSON',
    JSON.stringify({ message: { data: Buffer.from(record('Zoë')).toString('base64') } }),
    json(),
    {
      id: 'message.data.id',
      title: 'message.data.title',
      unwrap: [{ path: 'message.data', as: 'base64Json' }],
    },
    ['7 Zoë'],
  ],
  ['UTF-8 with a byte-order mark', `\ufeff${record('Zoë')}`, json(), idTitle, ['7 Zoë']],
  ['UTF-16 LE, declared', iconv.encode(record('Zoë'), 'utf-16le'), json('utf-16le'), idTitle, ['7 Zoë']],
  ['UTF-16 BE, declared', iconv.encode(record('Zoë'), 'utf-16be'), json('utf-16be'), idTitle, ['7 Zoë']],
  [
    'UTF-16 by its byte-order mark',
    iconv.encode(record('Zoë'), 'utf-16le', { addBOM: true }),
    json(),
    idTitle,
    ['7 Zoë'],
  ],
  ['ISO-8859-1', iconv.encode(record('Zoë'), 'latin1'), json('iso-8859-1'), idTitle, ['7 Zoë']],
  ['windows-1250', iconv.encode(record('Žofie'), 'win1250'), json('windows-1250'), idTitle, ['7 Žofie']],
  ['windows-1251', iconv.encode(record('Зоя'), 'win1251'), json('windows-1251'), idTitle, ['7 Зоя']],
  ['windows-1252', iconv.encode(record('Zoë €'), 'win1252'), json('windows-1252'), idTitle, ['7 Zoë €']],
  ['windows-1253', iconv.encode(record('Ζωή'), 'win1253'), json('windows-1253'), idTitle, ['7 Ζωή']],
  ['windows-1257', iconv.encode(record('Žanna'), 'win1257'), json('windows-1257'), idTitle, ['7 Žanna']],
  [
    'XML that declares windows-1251',
    xml('windows-1251', 'Зоя'),
    { 'content-type': 'application/xml' },
    ofXml,
    ['7 Зоя'],
  ],
  [
    'XML in UTF-16',
    Buffer.concat([Buffer.from([0xff, 0xfe]), xml('utf-16le', 'Zoë')]),
    { 'content-type': 'text/xml' },
    ofXml,
    ['7 Zoë'],
  ],
])('%s becomes items', async (_what, body, headers, mapping, expected) => {
  const { id: dataSourceId, url } = await test.createSource();
  const response = await fetch(url, { method: 'POST', headers, body: body as string });
  expect(response.status).toBe(200);
  await test.call('mapping.save', { dataSourceId, mapping });
  const { items } = await test.call('items.list', { dataSourceId });
  expect(items.map(({ externalId, title }) => `${externalId} ${title}`).sort()).toEqual(expected);
});

it('an empty body with its facts in the headers becomes an item, and is no handshake', async () => {
  const { id: dataSourceId, url } = await test.createSource('google-calendar');
  const headers = {
    'x-goog-channel-id': 'channel-1',
    'x-goog-resource-id': 'resource-1',
    'x-goog-resource-state': 'exists',
    'x-goog-message-number': '10',
  };
  const response = await fetch(url, { method: 'POST', headers });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ok: true, items: 1 });
  const { captures } = await test.call('captures.list', { dataSourceId });
  expect(captures).toMatchObject([{ outcome: 'accepted', size: 0 }]);
  const mapping: Mapping = {
    id: '$headers["X-Goog-Resource-ID"]',
    title: '$headers["X-Goog-Resource-State"]',
  };
  await test.call('mapping.save', { dataSourceId, mapping });
  const { items } = await test.call('items.list', { dataSourceId });
  expect(items).toMatchObject([{ externalId: 'resource-1', title: 'exists' }]);
});

it('SOAP is acknowledged in XML, and its prefixes are paths', async () => {
  const { id: dataSourceId, url } = await test.createSource('salesforce-outbound');
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>
<notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D</OrganizationId>
<Notification><Id>04l1</Id><sObject xmlns:sf="urn:sobject"><sf:Id>0031</sf:Id><sf:Name>Zoë</sf:Name></sObject></Notification>
</notifications></soapenv:Body></soapenv:Envelope>`;
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/xml/);
  expect(await response.text()).toMatch(/<Ack>true<\/Ack>/);
  const { suggested } = await test.call('mapping.get', { dataSourceId });
  if (!suggested) throw new Error('nothing is suggested');
  await test.call('mapping.save', { dataSourceId, mapping: suggested });
  const { items } = await test.call('items.list', { dataSourceId });
  expect(items).toMatchObject([{ externalId: '0031', title: 'Zoë' }]);
});
