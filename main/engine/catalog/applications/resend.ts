// What the catalog knows of Resend. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const resend = defineApplication({
  id: 'resend',
  name: 'Resend',
  category: 'E-mail',
  aliases: ['e-mail delivery', 'mail'],
  icon: {
    slug: 'resend',
    color: '#000000',
  },
  docsUrl: 'https://resend.com/docs/dashboard/webhooks/introduction',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the webhooks of the Resend dashboard and add one.',
      menu: ['Webhooks', 'Add Webhook'],
    },
    {
      text: 'Paste the webhook URL as the endpoint.',
      pastesUrl: true,
    },
    {
      text: 'Choose the events, such as email.delivered, and add the webhook.',
    },
    {
      text: 'Copy the signing secret from its page.',
    },
    {
      text: 'Send an e-mail to make the first call.',
    },
  ],
  signature: {
    scheme: 'standardWebhooks',
    header: 'svix-signature',
    text: 'HMAC-SHA256 over id, time and raw body, in base64 after v1,.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'email.sent',
    },
    {
      name: 'email.delivered',
    },
    {
      name: 'email.bounced',
    },
  ],
  eventType: {
    path: 'type',
  },
  deliveryId: {
    header: 'svix-id',
  },
  mapping: {
    id: 'data.email_id',
    title: 'data.subject',
  },
  sample: {
    event: 'email.delivered',
    contentType: 'application/json',
    headers: {
      'svix-id': 'msg_example9Lw2',
      'svix-timestamp': '1773480413',
    },
    body: JSON.stringify({
      type: 'email.delivered',
      created_at: '2026-03-14T09:26:53.220Z',
      data: {
        email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
        from: 'Northwind Bakery <shop@example.com>',
        to: ['noor.devries@example.com'],
        subject: 'Your order is on its way',
        created_at: '2026-03-14T09:26:50.126Z',
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'standardWebhooks',
      headerPrefix: 'svix',
    },
  ],
  secretHint: 'The signing secret that starts with whsec_.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/resend.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/resend-webhooks/references/verification.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/resend.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/resend-webhooks/references/verification.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/resend.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/resend-webhooks/references/setup.md',
      ],
    },
  },
});
