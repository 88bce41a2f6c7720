// What the catalog knows of Calendly. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const calendly = defineApplication({
  id: 'calendly',
  name: 'Calendly',
  category: 'Scheduling',
  aliases: ['calendar', 'appointments', 'bookings', 'invitee'],
  icon: { slug: 'calendly', color: '#006bff' },
  docsUrl: 'https://developer.calendly.com/api-docs/4c305798a61d3-webhook-signatures',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Calendly has no form for webhooks; its API creates them. First make a personal access token.',
      menu: ['Integrations', 'API and webhooks', 'Personal access token'],
    },
    {
      text: 'Call POST /webhook_subscriptions of the Calendly API with that token. Give the webhook URL as url.',
      pastesUrl: true,
    },
    {
      text: 'Name the events in the same call, such as invitee.created and invitee.canceled, and the scope.',
    },
    { text: 'Give a signing key of your own in that call where you want signed calls.' },
    { text: 'Book one of your own event types to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Calendly-Webhook-Signature',
    text: 'HMAC-SHA256 over the time and the raw body, as t=…,v1=… in hex.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 15_000, certainty: 'confirmed' },
  events: [{ name: 'invitee.created' }, { name: 'invitee.canceled' }],
  eventType: { path: 'event' },
  mapping: {
    id: 'payload.uri',
    title: 'payload.name',
    note: 'The title is the invitee. payload.scheduled_event.name is the kind of meeting.',
  },
  sample: {
    event: 'invitee.created',
    contentType: 'application/json',
    headers: { 'User-Agent': 'Calendly' },
    body: JSON.stringify({
      created_at: '2026-03-14T09:26:53.000000Z',
      created_by: 'https://api.calendly.com/users/EXAMPLEUSER01',
      event: 'invitee.created',
      payload: {
        uri: 'https://api.calendly.com/scheduled_events/EXAMPLEEVENT7/invitees/EXAMPLEINVITEE3',
        name: 'Yuki Tanaka',
        email: 'yuki.tanaka@example.com',
        status: 'active',
        timezone: 'Asia/Tokyo',
        rescheduled: false,
        cancel_url: 'https://calendly.com/cancellations/EXAMPLEINVITEE3',
        questions_and_answers: [{ question: 'What is it about?', answer: 'A wedding cake', position: 0 }],
        scheduled_event: {
          uri: 'https://api.calendly.com/scheduled_events/EXAMPLEEVENT7',
          name: 'Cake tasting',
          status: 'active',
          start_time: '2026-03-20T08:00:00.000000Z',
          end_time: '2026-03-20T08:30:00.000000Z',
          location: { type: 'physical', location: 'Harbour Street 4' },
        },
        tracking: { utm_source: 'newsletter', utm_campaign: null },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'Calendly-Webhook-Signature',
      fields: { separator: ',', signatures: ['v1'] },
      timestamp: { in: 'field', field: 't', unit: 's' },
      content: '{timestamp}.{body}',
    },
  ],
  secretHint: 'The signing key that you gave when you created the subscription.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/calendly-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/calendly-webhook-routing.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/calendly-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'official',
      sources: ['https://developer.calendly.com/api-docs/overview/webhooks/webhook-timeouts'],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/calendly-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/calendly.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/calendly-webhooks.mdx'],
    },
  },
});
