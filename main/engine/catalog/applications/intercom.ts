// What the catalog knows of Intercom. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const intercom = defineApplication({
  id: 'intercom',
  name: 'Intercom',
  category: 'Support',
  aliases: ['chat', 'conversations', 'customer support'],
  icon: {
    slug: 'intercom',
    color: '#6afdef',
  },
  docsUrl: 'https://developers.intercom.com/docs/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the Intercom Developer Hub and go to Webhooks.',
      menu: ['Settings', 'Apps & Integrations', 'Developer Hub', 'Your app', 'Webhooks'],
    },
    {
      text: 'Paste the webhook URL into Your request endpoint URL.',
      pastesUrl: true,
    },
    {
      text: 'Add the topics, such as conversation.user.created, and save. Intercom sends a ping first.',
    },
    {
      text: 'Start a conversation to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'signedPing',
    text: 'When you save, Intercom sends a signed ping and keeps the webhook only after a 2xx answer.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Hub-Signature',
    text: 'HMAC-SHA1 of the raw body in hex after sha1=, with the client secret of the app.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 5000,
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'conversation.user.created',
    },
    {
      name: 'conversation.user.replied',
    },
    {
      name: 'contact.created',
    },
  ],
  eventType: {
    path: 'topic',
  },
  deliveryId: {
    path: 'id',
  },
  mapping: {
    id: 'data.item.id',
    title: 'data.item.source.subject',
    note: 'For conversations by e-mail. Contacts and others have data.item.name.',
  },
  sample: {
    event: 'conversation.user.created',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      type: 'notification_event',
      app_id: 'exampleapp',
      id: 'notif_8f2c1a70-4d1b',
      topic: 'conversation.user.created',
      delivery_status: 'pending',
      delivery_attempts: 1,
      created_at: 1773480413,
      data: {
        type: 'notification_event_data',
        item: {
          type: 'conversation',
          id: '215464827305119',
          created_at: 1773480410,
          source: {
            type: 'email',
            id: '1911847',
            subject: 'Wrong cake in the box',
            author: { type: 'user', name: 'Jonas Weber', email: 'jonas.weber@example.com' },
          },
          state: 'open',
          open: true,
        },
      },
    }),
  },
  handshake: {
    kind: 'signedPing',
    match: {
      topic: 'ping',
    },
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha1',
      encoding: 'hex',
      header: 'X-Hub-Signature',
      prefix: 'sha1=',
      content: '{body}',
    },
  ],
  secretHint: 'The client secret of the app.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/intercom-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/intercom.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/intercom-webhooks.mdx'],
    },
  },
});
