// What the catalog knows of SendGrid. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const sendgrid = defineApplication({
  id: 'sendgrid',
  name: 'SendGrid',
  category: 'E-mail',
  aliases: ['twilio', 'e-mail delivery', 'mail', 'newsletter'],
  icon: {
    color: '#1a82e2',
  },
  docsUrl: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the mail settings and create an event webhook.',
      menu: ['Settings', 'Mail Settings', 'Event Webhook'],
    },
    {
      text: 'Paste the webhook URL into HTTP Post URL.',
      pastesUrl: true,
    },
    {
      text: 'Tick the events, such as Delivered, Opened and Bounced.',
    },
    {
      text: 'Switch the signed event webhook on and copy the verification key.',
    },
    {
      text: 'Choose Test Your Integration to make the first call, and save.',
    },
  ],
  signature: {
    scheme: 'publicKey',
    header: 'X-Twilio-Email-Event-Webhook-Signature',
    text: 'ECDSA over the time and the raw body, in base64, when signing is switched on.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'For up to 24 hours.',
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'processed',
    },
    {
      name: 'delivered',
    },
    {
      name: 'open',
    },
    {
      name: 'click',
    },
    {
      name: 'bounce',
    },
  ],
  eventType: { path: '[*].event' },
  deliveryId: {
    path: 'sg_event_id',
    perItem: true,
  },
  mapping: {
    split: '$[*]',
    id: 'sg_event_id',
    title: 'email',
    note: 'One call carries many events; each becomes an item.',
  },
  sample: {
    event: 'delivered',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify([
      {
        email: 'lena.vogt@example.com',
        timestamp: 1773480413,
        event: 'delivered',
        'smtp-id': '<example-1@ismtpd0001>',
        sg_event_id: 'ZGVsaXZlcmVkLWV4YW1wbGUtMQ',
        sg_message_id: 'exampleMsg1.filterdrecv',
        response: '250 OK',
        category: ['order-confirmation'],
      },
      {
        email: 'lena.vogt@example.com',
        timestamp: 1773480529,
        event: 'open',
        sg_event_id: 'b3Blbi1leGFtcGxlLTI',
        sg_message_id: 'exampleMsg1.filterdrecv',
        useragent: 'Mozilla/5.0',
        ip: '203.0.113.24',
      },
    ]),
  },
  signatureSchemes: [
    {
      kind: 'publicKey',
      algorithm: 'ecdsaP256',
      encoding: 'base64',
      header: 'X-Twilio-Email-Event-Webhook-Signature',
      content: '{timestamp}{body}',
      timestamp: {
        in: 'header',
        header: 'X-Twilio-Email-Event-Webhook-Timestamp',
        unit: 's',
      },
    },
  ],
  secretHint: 'The verification key, a public key in base64.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/sendgrid.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/sendgrid-webhooks/references/verification.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/sendgrid.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/sendgrid.ts',
      ],
    },
    response: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/sendgrid.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/sendgrid-webhooks.mdx',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/sendgrid-webhooks/references/setup.md',
      ],
    },
  },
});
