// What the catalog knows of WhatsApp Business. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const whatsapp = defineApplication({
  id: 'whatsapp',
  name: 'WhatsApp Business',
  category: 'Communication',
  aliases: ['meta', 'chat', 'messages', 'whats app'],
  icon: {
    slug: 'whatsapp',
    color: '#25d366',
  },
  docsUrl: 'https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in Meta for Developers and edit the webhook of WhatsApp.',
      menu: ['My Apps', 'Your app', 'WhatsApp', 'Configuration', 'Edit'],
    },
    {
      text: 'Paste the webhook URL into Callback URL.',
      pastesUrl: true,
    },
    {
      text: 'Make up a verify token, type it there, and save. Meta calls the URL at once.',
    },
    {
      text: 'Subscribe to the field messages.',
    },
    {
      text: 'Send a message to the number to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'echoQuery',
    text: 'Meta sends a GET with a challenge and your verify token, and wants the challenge back.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Hub-Signature-256',
    text: 'HMAC-SHA256 of the raw body in hex after sha256=, with the app secret.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'For up to 36 hours.',
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'messages',
    },
  ],
  mapping: {
    split: 'entry[*].changes[*].value.messages[*]',
    id: 'id',
    title: 'text.body',
    note: 'For text messages. Delivery states stand in value.statuses and yield no item.',
  },
  sample: {
    event: 'messages',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
                contacts: [{ profile: { name: 'Leila Farouk' }, wa_id: '447700900456' }],
                messages: [
                  {
                    from: '447700900456',
                    id: 'wamid.EXAMPLEHBgLMTY1MDM4Nzk0MzkVAgA',
                    timestamp: '1773480413',
                    text: { body: 'Do you deliver on Sundays?' },
                    type: 'text',
                  },
                ],
              },
              field: 'messages',
            },
          ],
        },
      ],
    }),
  },
  handshake: {
    kind: 'echoQuery',
    parameter: 'hub.challenge',
    query: {
      'hub.mode': 'subscribe',
    },
    verifyToken: 'hub.verify_token',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Hub-Signature-256',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The app secret of the Meta app.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/whatsapp.ts',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://developers.facebook.com/docs/messenger-platform/webhook-reference',
        'https://docs.superglue.cloud/api-reference/webhooks/handle-webhook-challenge-verification.md',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/whatsapp-webhooks.mdx',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/whatsapp.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/whatsapp.ts',
      ],
    },
    response: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/whatsapp.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/whatsapp-webhooks.mdx'],
    },
  },
});
