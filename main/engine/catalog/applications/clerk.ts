// What the catalog knows of Clerk. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const clerk = defineApplication({
  id: 'clerk',
  name: 'Clerk',
  category: 'Identity',
  aliases: ['users', 'login', 'authentication'],
  icon: {
    slug: 'clerk',
    color: '#6c47ff',
  },
  docsUrl: 'https://clerk.com/docs/guides/development/webhooks/overview',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your application in the Clerk dashboard and add an endpoint.',
      menu: ['Webhooks', 'Add Endpoint'],
    },
    {
      text: 'Paste the webhook URL as the endpoint URL.',
      pastesUrl: true,
    },
    {
      text: 'Subscribe to the events, such as user.created, and create the endpoint.',
    },
    {
      text: 'Copy the signing secret.',
    },
    {
      text: 'Send an example from the Testing tab to make the first call.',
    },
  ],
  signature: {
    scheme: 'standardWebhooks',
    header: 'svix-signature',
    text: 'HMAC-SHA256 over id, time and raw body, in base64 after v1,.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 15000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'After 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.',
    certainty: 'confirmed',
    schedule: [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000],
    forMs: 99_305_000,
  },
  events: [
    {
      name: 'user.created',
    },
    {
      name: 'user.updated',
    },
    {
      name: 'user.deleted',
    },
  ],
  eventType: {
    path: 'type',
  },
  deliveryId: {
    header: 'svix-id',
  },
  mapping: {
    id: 'data.id',
    title: 'data.email_addresses[0].email_address',
    note: 'For users. Other objects have no e-mail address.',
  },
  sample: {
    event: 'user.created',
    contentType: 'application/json',
    headers: {
      'svix-id': 'msg_example2cUfZk8Qm',
      'svix-timestamp': '1773480413',
    },
    body: JSON.stringify({
      object: 'event',
      type: 'user.created',
      timestamp: 1773480413220,
      data: {
        id: 'user_example29w83sxmDNGwOuEthce5',
        object: 'user',
        first_name: 'Mei',
        last_name: 'Lin',
        email_addresses: [
          {
            id: 'idn_example1',
            object: 'email_address',
            email_address: 'mei.lin@example.com',
            verification: { status: 'verified' },
          },
        ],
        primary_email_address_id: 'idn_example1',
        created_at: 1773480413001,
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
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/clerk.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/clerk-webhooks/references/verification.md',
        'https://github.com/svix/svix-docs/blob/main/content/receiving/verifying-payloads/how-manual.mdx',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/clerk.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/clerk-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'official',
      sources: ['https://github.com/svix/svix-docs/blob/main/content/retries.mdx'],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/clerk.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/clerk-webhooks.mdx',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/clerk-webhooks/references/setup.md',
      ],
    },
  },
});
