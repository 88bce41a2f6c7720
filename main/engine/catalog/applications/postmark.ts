// What the catalog knows of Postmark. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const postmark = defineApplication({
  id: 'postmark',
  name: 'Postmark',
  category: 'E-mail',
  aliases: ['e-mail delivery', 'mail', 'inbound mail'],
  icon: {
    color: '#ffde00',
  },
  docsUrl: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the server in Postmark and add a webhook to its message stream.',
      menu: ['Webhooks', 'Add webhook'],
    },
    {
      text: 'Paste the webhook URL. Add basic credentials where you want the calls to carry them.',
      pastesUrl: true,
    },
    {
      text: 'Tick the events, such as Delivery and Bounce, and save.',
    },
    {
      text: 'Send an e-mail to make the first call.',
    },
  ],
  signature: {
    scheme: 'basic',
    header: 'Authorization',
    text: 'No signature; user name and password as HTTP Basic, when they are set.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'Delivery',
      mapping: {
        id: 'MessageID',
        title: 'Recipient',
      },
    },
    {
      name: 'Bounce',
    },
    {
      name: 'Inbound',
      mapping: {
        id: 'MessageID',
        title: 'Subject',
      },
    },
  ],
  eventType: {
    path: 'RecordType',
  },
  mapping: {
    id: 'MessageID',
    title: 'Recipient',
    note: 'Inbound e-mails have Subject, and no RecordType.',
  },
  sample: {
    event: 'Delivery',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      RecordType: 'Delivery',
      ServerID: 23,
      MessageStream: 'outbound',
      MessageID: '883953f4-6105-42a2-a16a-77a8eac79483',
      Recipient: 'kofi.mensah@example.com',
      Tag: 'order-confirmation',
      DeliveredAt: '2026-03-14T09:26:53Z',
      Details: 'Message accepted',
      Metadata: { order: '1042' },
    }),
  },
  signatureSchemes: [
    {
      kind: 'basic',
    },
  ],
  secretHint: 'User name and password, with a colon between them.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/postmark.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/postmark-webhooks/references/verification.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/postmark.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/postmark.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/postmark-webhooks/references/setup.md',
      ],
    },
  },
});
