// What the catalog knows of Square. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const square = defineApplication({
  id: 'square',
  name: 'Square',
  category: 'Payments',
  aliases: ['payment', 'point of sale', 'till', 'orders'],
  icon: {
    slug: 'square',
    color: '#3e4348',
  },
  docsUrl: 'https://developer.squareup.com/docs/webhooks/step3validate',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the Square Developer Console and add a webhook subscription.',
      menu: ['Your app', 'Webhooks', 'Subscriptions', 'Add subscription'],
    },
    {
      text: 'Type a name and paste the webhook URL into URL.',
      pastesUrl: true,
    },
    {
      text: 'Choose the events, such as payment.updated, and save.',
    },
    {
      text: 'Copy the signature key of the subscription.',
    },
    {
      text: 'Take a payment in the sandbox to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'x-square-hmacsha256-signature',
    text: 'HMAC-SHA256 over the registered URL and the raw body, in base64. The public address is part of it.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'With growing pauses, 1 minute to 8 hours, for up to 24 hours.',
    certainty: 'confirmed',
    forMs: 86_400_000,
  },
  events: [
    {
      name: 'payment.created',
    },
    {
      name: 'payment.updated',
    },
    {
      name: 'order.updated',
    },
  ],
  eventType: {
    path: 'type',
  },
  deliveryId: {
    path: 'event_id',
  },
  mapping: {
    id: 'data.id',
    title: 'type',
    note: 'A better title stands inside data.object for some events.',
  },
  sample: {
    event: 'payment.updated',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      merchant_id: 'EXAMPLE6SSW7WV9K2',
      type: 'payment.updated',
      event_id: '13b867cf-db3d-4b1c-90b6-2f32a9d78124',
      created_at: '2026-03-14T09:26:53.220Z',
      data: {
        type: 'payment',
        id: 'EXAMPLEKmzXcbH3',
        object: {
          payment: {
            id: 'EXAMPLEKmzXcbH3',
            status: 'COMPLETED',
            amount_money: { amount: 1290, currency: 'GBP' },
            location_id: 'EXAMPLELOC1',
            order_id: 'EXAMPLEORDER7',
          },
        },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'x-square-hmacsha256-signature',
      content: '{url}{body}',
    },
  ],
  secretHint: 'The signature key of the subscription.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/square-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/square-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/square.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/square-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/square-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/square-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/square-webhooks/references/overview.md',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/square-webhooks.mdx'],
    },
  },
});
