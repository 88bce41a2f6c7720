// What the catalog knows of Zoom. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const zoom = defineApplication({
  id: 'zoom',
  name: 'Zoom',
  category: 'Communication',
  aliases: ['meetings', 'webinars', 'video calls', 'recordings'],
  icon: { slug: 'zoom', color: '#0b5cff' },
  docsUrl: 'https://developers.zoom.us/docs/api/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the Zoom Marketplace, go to Feature and add an event subscription.',
      menu: ['Develop', 'Build App', 'Feature', 'Event subscriptions', 'Add Event Subscription'],
    },
    {
      text: 'Keep the Secret Token of the app at hand. The URL check is answered with it.',
    },
    {
      text: 'Paste the webhook URL into Event notification endpoint URL and choose Validate.',
      pastesUrl: true,
    },
    { text: 'Add the events that you need, such as Meeting has been created, and save.' },
    { text: 'Schedule a meeting to make the first call.' },
  ],
  urlCheck: {
    kind: 'hashJson',
    text: 'Zoom posts a token and wants it back with its HMAC-SHA256, made with the Secret Token.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'x-zm-signature',
    text: 'HMAC-SHA256 over v0, the time and the raw body, in hex after v0=.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 3_000, certainty: 'confirmed' },
  events: [
    { name: 'meeting.created' },
    { name: 'meeting.started' },
    { name: 'meeting.ended' },
    { name: 'recording.completed' },
  ],
  eventType: { path: 'event' },
  mapping: { id: 'payload.object.id', title: 'payload.object.topic' },
  sample: {
    event: 'meeting.created',
    contentType: 'application/json',
    headers: { 'User-Agent': 'Zoom Marketplace/1.0a' },
    body: JSON.stringify({
      event: 'meeting.created',
      event_ts: 1773480413000,
      payload: {
        account_id: 'EXAMPLEaccount01',
        operator: 'fatima.haddad@example.com',
        operator_id: 'EXAMPLEuser07',
        operation: 'single',
        object: {
          uuid: 'eXAmpLe3TTaPxKQ9==',
          id: 86214405717,
          host_id: 'EXAMPLEuser07',
          topic: 'Weekly bakery planning',
          type: 2,
          start_time: '2026-03-16T07:00:00Z',
          duration: 45,
          timezone: 'Europe/Paris',
          join_url: 'https://zoom.us/j/86214405717',
        },
      },
    }),
  },
  handshake: {
    kind: 'hashJson',
    path: 'payload.plainToken',
    match: { event: 'endpoint.url_validation' },
    plainField: 'plainToken',
    hashField: 'encryptedToken',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'x-zm-signature',
      prefix: 'v0=',
      content: 'v0:{timestamp}:{body}',
      timestamp: { in: 'header', header: 'x-zm-request-timestamp', unit: 's' },
    },
  ],
  secretHint: 'The Secret Token on the Feature page of the app.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/zoom.ts',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/zoom-webhooks/references/verification.md',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/zoom-webhooks/references/verification.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/zoom.ts',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/zoom-webhooks/references/verification.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/zoom.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/zoom-webhooks.mdx'],
    },
  },
});
