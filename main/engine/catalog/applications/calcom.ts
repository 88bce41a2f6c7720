// What the catalog knows of Cal.com. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const calcom = defineApplication({
  id: 'calcom',
  name: 'Cal.com',
  category: 'Scheduling',
  aliases: ['calendar', 'bookings', 'appointments', 'cal'],
  icon: {
    slug: 'caldotcom',
    color: '#292929',
  },
  docsUrl: 'https://cal.com/docs/developing/guides/automation/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the developer settings and create a webhook.',
      menu: ['Settings', 'Developer', 'Webhooks'],
    },
    {
      text: 'Paste the webhook URL into Subscriber URL.',
      pastesUrl: true,
    },
    {
      text: 'Choose the triggers, such as a created booking, and type a secret.',
    },
    {
      text: 'Leave the custom payload template off. The suggestion knows the ordinary one.',
    },
    {
      text: 'Save, then book one of your own event types to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Cal-Signature-256',
    text: 'HMAC-SHA256 of the raw body in hex.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'BOOKING_CREATED',
    },
    {
      name: 'BOOKING_RESCHEDULED',
    },
    {
      name: 'BOOKING_CANCELLED',
    },
  ],
  eventType: {
    path: 'triggerEvent',
  },
  mapping: {
    id: 'payload.uid',
    title: 'payload.title',
    note: 'MEETING_ENDED is flat, without payload.',
  },
  sample: {
    event: 'BOOKING_CREATED',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      triggerEvent: 'BOOKING_CREATED',
      createdAt: '2026-03-14T09:26:53.220Z',
      payload: {
        type: 'tasting',
        title: 'Cake tasting with Freya Berg',
        startTime: '2026-03-20T08:00:00Z',
        endTime: '2026-03-20T08:30:00Z',
        organizer: { name: 'Inès Moreau', email: 'ines.moreau@example.com', timeZone: 'Europe/Paris' },
        attendees: [{ name: 'Freya Berg', email: 'freya.berg@example.com', timeZone: 'Europe/Oslo' }],
        uid: 'bFexampleJQ4Y8h',
        status: 'ACCEPTED',
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Cal-Signature-256',
      content: '{body}',
    },
  ],
  secretHint: 'The secret that you typed.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://github.com/calcom/docs/blob/main/pages/core-features/webhooks.mdoc'],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/cal-com-webhook-routing.ts',
        'https://github.com/n8n-io/n8n/pull/29484',
      ],
    },
    eventType: {
      level: 'official',
      sources: ['https://github.com/calcom/docs/blob/main/pages/core-features/webhooks.mdoc'],
    },
    item: {
      level: 'official',
      sources: [
        'https://github.com/calcom/docs/blob/main/pages/core-features/webhooks.mdoc',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/cal-com.ts',
      ],
    },
    settings: {
      level: 'official',
      sources: ['https://github.com/calcom/docs/blob/main/pages/core-features/webhooks.mdoc'],
    },
  },
});
