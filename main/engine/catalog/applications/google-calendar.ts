// What the catalog knows of Google Calendar. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const googleCalendar = defineApplication({
  id: 'google-calendar',
  name: 'Google Calendar',
  category: 'Productivity',
  aliases: ['calendar', 'events', 'google', 'push notifications'],
  icon: {
    slug: 'googlecalendar',
    color: '#4285f4',
  },
  docsUrl: 'https://developers.google.com/workspace/calendar/api/guides/push',
  contentTypes: [],
  steps: [
    {
      text: 'Google Calendar has no form for this; its API opens channels.',
    },
    {
      text: 'Call the watch method of the events of a calendar. Give the webhook URL as address.',
      pastesUrl: true,
    },
    {
      text: 'Give a text of your own as token. Google Calendar repeats it in every call.',
    },
    {
      text: 'Change an event of the calendar to make the first call. Channels expire and must be opened again.',
    },
  ],
  signature: {
    scheme: 'token',
    header: 'X-Goog-Channel-Token',
    text: 'The channel token that you chose, in a header.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'sync',
    },
    {
      name: 'exists',
    },
  ],
  eventType: {
    header: 'X-Goog-Resource-State',
  },
  mapping: {
    id: '$headers["X-Goog-Resource-ID"]',
    title: '$headers["X-Goog-Resource-URI"]',
    note: 'The calls have no body; all facts stand in the headers. The changes must be fetched with the API.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'exists',
    contentType: '',
    headers: {
      'X-Goog-Channel-ID': '4ba78bf0-6a47-11f1-bf5e-0800200c9a66',
      'X-Goog-Message-Number': '10',
      'X-Goog-Resource-ID': 'ret08u3rv24htgh289g',
      'X-Goog-Resource-State': 'exists',
      'X-Goog-Resource-URI':
        'https://www.googleapis.com/calendar/v3/calendars/ines.moreau@example.com/events',
    },
    body: '',
  },
  signatureSchemes: [
    {
      kind: 'token',
      header: 'X-Goog-Channel-Token',
    },
  ],
  secretHint: 'The token that you gave when you opened the channel.',
  evidence: {
    content: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/google-calendar-webhook-routing.ts',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
      ],
    },
    eventType: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/google-calendar-webhook-routing.ts',
      ],
    },
    item: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/google-calendar-webhook-routing.ts',
      ],
    },
  },
});
