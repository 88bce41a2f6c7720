// What the catalog knows of Box. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const box = defineApplication({
  id: 'box',
  name: 'Box',
  category: 'Storage',
  aliases: ['files', 'folders', 'cloud storage'],
  icon: {
    slug: 'box',
    color: '#0061d5',
  },
  docsUrl: 'https://developer.box.com/guides/webhooks/v2/signatures-v2',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the Box Developer Console and create a webhook of version 2.',
      menu: ['Your app', 'Webhooks', 'Create Webhook', 'V2'],
    },
    {
      text: 'Paste the webhook URL into URL Address.',
      pastesUrl: true,
    },
    {
      text: 'Choose the folder or file and the triggers, such as FILE.UPLOADED.',
    },
    {
      text: 'Generate the signature keys of the app.',
    },
    {
      text: 'Upload a file to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'BOX-SIGNATURE-PRIMARY',
    text: 'HMAC-SHA256 over the raw body and the time, in base64; a second key has a header of its own.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'FILE.UPLOADED',
    },
    {
      name: 'FILE.DOWNLOADED',
    },
  ],
  mapping: {
    id: 'source.id',
    title: 'source.name',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'FILE.UPLOADED',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      type: 'webhook_event',
      id: 'eb0c4e06-751f-442c-86f8-fd5bb404dbec',
      created_at: '2026-03-14T01:26:53-08:00',
      trigger: 'FILE.UPLOADED',
      webhook: { id: '53', type: 'webhook' },
      created_by: { type: 'user', id: '226067247', name: 'Hana Sato', login: 'hana.sato@example.com' },
      source: {
        id: '73835521473',
        type: 'file',
        name: 'price-list-2026.pdf',
        size: 25600,
        parent: { type: 'folder', id: '11446498', name: 'Prices' },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'BOX-SIGNATURE-PRIMARY',
      otherHeaders: ['BOX-SIGNATURE-SECONDARY'],
      toleranceSeconds: 600,
      content: '{body}{timestamp}',
      timestamp: {
        in: 'header',
        header: 'BOX-DELIVERY-TIMESTAMP',
        unit: 'iso',
      },
    },
  ],
  secretHint: 'The primary or secondary signature key of the app.',
  evidence: {
    content: {
      level: 'unverified',
      sources: [],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/box-webhooks.mdx'],
    },
  },
});
