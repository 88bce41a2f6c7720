// What the catalog knows of Standard Webhooks. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const standardWebhooks = defineApplication({
  id: 'standard-webhooks',
  name: 'Standard Webhooks',
  category: 'Generic',
  aliases: ['svix', 'any sender', 'whsec', 'generic'],
  icon: { color: '#5b6cf0' },
  docsUrl: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  contentTypes: ['application/json'],
  steps: [
    { text: 'For every application that signs its calls by the Standard Webhooks specification.' },
    { text: 'Open the webhook settings of that application and add an endpoint.' },
    { text: 'Paste the webhook URL as the address of the endpoint.', pastesUrl: true },
    { text: 'Copy the secret that starts with whsec_.' },
    { text: 'Cause an event there to make the first call.' },
  ],
  signature: {
    scheme: 'standardWebhooks',
    header: 'webhook-signature',
    text: 'HMAC-SHA256 over id, time and raw body, in base64 after v1,. Several signatures may stand side by side.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 15_000, certainty: 'unconfirmed' },
  retries: {
    text: 'The specification advises ten tries over 75 hours; each sender decides for itself.',
    certainty: 'confirmed',
    schedule: [
      5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
    ],
  },
  events: [],
  eventType: { path: 'type' },
  deliveryId: { header: 'webhook-id' },
  mapping: {
    id: 'data.id',
    title: 'type',
    note: 'The specification names type, timestamp and data; what is in data depends on the sender.',
  },
  sample: {
    event: 'booking.confirmed',
    contentType: 'application/json',
    headers: {
      'webhook-id': 'msg_example2KWPBgLlAfxdpx2AI',
      'webhook-timestamp': '1773480413',
    },
    body: JSON.stringify({
      type: 'booking.confirmed',
      timestamp: '2026-03-14T09:26:53.004Z',
      data: {
        id: 'bkg_00417',
        guest: { name: 'Noor de Vries', email: 'noor.devries@example.com' },
        table: 6,
        seats: 4,
        startsAt: '2026-03-21T18:30:00Z',
      },
    }),
  },
  signatureSchemes: [
    { kind: 'standardWebhooks', headerPrefix: 'webhook' },
    { kind: 'standardWebhooks', headerPrefix: 'svix' },
  ],
  secretHint: 'The secret that starts with whsec_, or the public key that starts with whpk_.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
    },
    signature: {
      level: 'official',
      sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
    },
    eventType: {
      level: 'official',
      sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
    },
    deliveryId: {
      level: 'official',
      sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
    },
    response: {
      level: 'official',
      sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
    },
    item: {
      level: 'official',
      sources: ['https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md'],
    },
  },
});
