// What the catalog knows of Twilio. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const twilio = defineApplication({
  id: 'twilio',
  name: 'Twilio',
  category: 'Communication',
  aliases: ['sms', 'text messages', 'voice', 'phone'],
  icon: { color: '#f22f46' },
  docsUrl: 'https://www.twilio.com/docs/usage/webhooks',
  contentTypes: ['application/x-www-form-urlencoded'],
  steps: [
    {
      text: 'In the Twilio console, open the phone number that receives the messages.',
      menu: ['Phone Numbers', 'Manage', 'Active Numbers', 'Your number', 'Messaging'],
    },
    {
      text: 'Paste the webhook URL into the field for A message comes in and choose HTTP POST.',
      pastesUrl: true,
    },
    { text: 'Save the configuration of the number.' },
    { text: 'Send a text message to the number to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Twilio-Signature',
    text: 'HMAC-SHA1 over the full URL and the sorted form fields, in base64. The public address is part of it.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 15_000, certainty: 'confirmed' },
  events: [
    { name: 'Incoming message', mapping: { id: 'MessageSid', title: 'Body' } },
    { name: 'Message status', mapping: { id: 'MessageSid', title: 'MessageStatus' } },
    { name: 'Voice call', mapping: { id: 'CallSid', title: 'From' } },
  ],
  deliveryId: { header: 'I-Twilio-Idempotency-Token' },
  mapping: {
    id: 'MessageSid',
    title: 'Body',
    note: 'For messages. Voice calls have CallSid and From.',
  },
  sample: {
    event: 'Incoming message',
    contentType: 'application/x-www-form-urlencoded',
    headers: {
      'User-Agent': 'TwilioProxy/1.1',
      'I-Twilio-Idempotency-Token': '7d1e0b5c-2f3a-4c8d-9b6e-5a4f3c2d1e0f',
    },
    body: new URLSearchParams({
      ToCountry: 'GB',
      SmsMessageSid: 'SM00000000000000000000000000000042',
      NumMedia: '0',
      SmsSid: 'SM00000000000000000000000000000042',
      SmsStatus: 'received',
      Body: 'Is the walnut loaf back on Friday?',
      FromCountry: 'GB',
      To: '+447700900123',
      NumSegments: '1',
      MessageSid: 'SM00000000000000000000000000000042',
      AccountSid: 'AC00000000000000000000000000000007',
      From: '+447700900456',
      ApiVersion: '2010-04-01',
    }).toString(),
  },
  handshake: {
    kind: 'fixedReply',
    contentType: 'text/xml; charset=utf-8',
    body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha1',
      encoding: 'base64',
      header: 'X-Twilio-Signature',
      content: '{url}{sortedForm}',
    },
  ],
  secretHint: 'The auth token of the Twilio account.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/twilio-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/twilio.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/twilio.ts',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/twilio-webhooks/references/overview.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/twilio-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/twilio-webhooks/references/overview.md',
      ],
    },
    response: { level: 'official', sources: ['https://twilio.com/docs/errors/11205'] },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/twilio.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/twilio-webhooks.mdx'],
    },
  },
});
