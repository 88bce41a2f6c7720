// What the catalog knows of Mailgun. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const mailgun = defineApplication({
  id: 'mailgun',
  name: 'Mailgun',
  category: 'E-mail',
  aliases: ['e-mail delivery', 'mail', 'sinch'],
  icon: {
    slug: 'mailgun',
    color: '#f06b66',
  },
  docsUrl: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the webhooks under Sending and add one.',
      menu: ['Sending', 'Webhooks', 'Add webhook'],
    },
    {
      text: 'Choose an event type, such as Delivered Messages.',
    },
    {
      text: 'Paste the webhook URL into URL and save.',
      pastesUrl: true,
    },
    {
      text: 'Send an e-mail to make the first call.',
    },
  ],
  signature: {
    scheme: 'bodyHmac',
    text: 'HMAC-SHA256 in hex, inside the body, over a time and a token of the call. It does not cover the rest.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'For about 8 hours; the answer 406 stops it.',
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'delivered',
    },
    {
      name: 'opened',
    },
    {
      name: 'failed',
    },
  ],
  mapping: {
    id: 'event-data.id',
    title: 'event-data.recipient',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'delivered',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      signature: { timestamp: '1773480413', token: 'example8a6c2f0e4d7b5913a2c4e6f8091b3d5', signature: '' },
      'event-data': {
        id: 'CPgfbmQMTCKtHW6uIWtuVe',
        timestamp: 1773480413.22,
        'log-level': 'info',
        event: 'delivered',
        recipient: 'yuki.tanaka@example.com',
        'recipient-domain': 'example.com',
        message: {
          headers: { to: 'Yuki Tanaka <yuki.tanaka@example.com>', subject: 'Your tasting is booked' },
        },
        'delivery-status': { code: 250, message: 'OK', 'attempt-no': 1 },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'bodyHmac',
      algorithm: 'sha256',
      encoding: 'hex',
      signaturePath: 'signature.signature',
      contentPaths: ['signature.timestamp', 'signature.token'],
      timestampPath: 'signature.timestamp',
    },
  ],
  secretHint: 'The HTTP webhook signing key of the account.',
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
    response: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/mailgun-webhooks.mdx'],
    },
  },
});
