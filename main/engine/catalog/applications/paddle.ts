// What the catalog knows of Paddle. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const paddle = defineApplication({
  id: 'paddle',
  name: 'Paddle',
  category: 'Payments',
  aliases: ['billing', 'subscriptions', 'merchant of record', 'Paddle Billing'],
  icon: {
    slug: 'paddle',
    color: '#fddd35',
  },
  docsUrl: 'https://developer.paddle.com/webhooks/signature-verification',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the notifications of the developer tools and add a destination.',
      menu: ['Developer tools', 'Notifications', 'New destination'],
    },
    {
      text: 'Choose webhook and paste the webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Tick the events, such as transaction.completed, and save.',
    },
    {
      text: 'Copy the secret key of the destination.',
    },
    {
      text: 'Pay in the sandbox to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Paddle-Signature',
    text: 'HMAC-SHA256 over the time and the raw body, as ts=…;h1=… in hex.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 5000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'Live: 60 times in 3 days, the first 20 within an hour. Sandbox: 3 times in 15 minutes.',
    certainty: 'confirmed',
    forMs: 259_200_000,
  },
  events: [
    {
      name: 'transaction.completed',
    },
    {
      name: 'subscription.created',
    },
    {
      name: 'customer.created',
    },
  ],
  eventType: {
    path: 'event_type',
  },
  deliveryId: {
    path: 'event_id',
  },
  mapping: {
    id: 'data.id',
    title: 'event_type',
    note: 'A better title depends on the event, such as data.email of a customer.',
  },
  sample: {
    event: 'transaction.completed',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      event_id: 'evt_01example7v2qk9',
      event_type: 'transaction.completed',
      occurred_at: '2026-03-14T09:26:53.220481Z',
      notification_id: 'ntf_01example3m8xd',
      data: {
        id: 'txn_01example5zb4ty',
        status: 'completed',
        customer_id: 'ctm_01example',
        currency_code: 'EUR',
        items: [{ price: { id: 'pri_01example', description: 'Recipe club, monthly' }, quantity: 1 }],
        details: { totals: { total: '900', tax: '144' } },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'Paddle-Signature',
      fields: {
        separator: ';',
        signatures: ['h1'],
      },
      content: '{timestamp}:{body}',
      timestamp: {
        in: 'field',
        field: 'ts',
        unit: 's',
      },
    },
  ],
  secretHint: 'The secret key of the destination.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/paddlebilling'],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paddle-webhooks/references/verification.md',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/paddlebilling',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/paddlebilling'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/paddlebilling'],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paddle-webhooks/references/verification.md',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/paddlebilling'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paddle-webhooks/references/setup.md',
      ],
    },
  },
});
