// What the catalog knows of PagerDuty. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const pagerduty = defineApplication({
  id: 'pagerduty',
  name: 'PagerDuty',
  category: 'Monitoring',
  aliases: ['incidents', 'on call', 'alerts'],
  icon: {
    slug: 'pagerduty',
    color: '#06ac38',
  },
  docsUrl: 'https://docs.pagerduty.com/developer/webhooks-overview',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the integrations and add a generic webhook of version 3.',
      menu: ['Integrations', 'Generic Webhooks (v3)', '+ New Webhook'],
    },
    {
      text: 'Paste the webhook URL into Webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Choose the scope and the events, such as incident.triggered, and add the webhook.',
    },
    {
      text: 'Copy the signing secret when it is shown.',
    },
    {
      text: 'Choose Send Test Event, or trigger an incident, to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'signedPing',
    text: 'A test sends the event pagey.ping.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-PagerDuty-Signature',
    text: 'HMAC-SHA256 of the raw body in hex after v1=; several can stand side by side.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'incident.triggered',
    },
    {
      name: 'incident.acknowledged',
    },
    {
      name: 'incident.resolved',
    },
  ],
  eventType: {
    path: 'event.event_type',
  },
  deliveryId: {
    path: 'event.id',
  },
  mapping: {
    id: 'event.data.id',
    title: 'event.data.title',
    note: 'Where there is no title, event.data.summary may hold it.',
  },
  sample: {
    event: 'incident.triggered',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      event: {
        id: '01EXAMPLE9V3KQ',
        event_type: 'incident.triggered',
        resource_type: 'incident',
        occurred_at: '2026-03-14T09:26:53.220Z',
        agent: null,
        client: null,
        data: {
          id: 'Q2EXAMPLE7KJ',
          type: 'incident',
          number: 58,
          status: 'triggered',
          title: 'Cold room 2 is above 8 °C',
          urgency: 'high',
          service: { id: 'PEXAMPLE', summary: 'Cold chain', type: 'service_reference' },
          html_url: 'https://northwind.pagerduty.example.com/incidents/Q2EXAMPLE7KJ',
        },
      },
    }),
  },
  handshake: {
    kind: 'signedPing',
    match: {
      'event.event_type': 'pagey.ping',
    },
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-PagerDuty-Signature',
      prefix: 'v1=',
      listSeparator: ',',
      content: '{body}',
    },
  ],
  secretHint: 'The signing secret of the webhook.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/pagerduty-webhooks/references/overview.md',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/pagerduty-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/pagerduty-webhook-routing.ts',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/pagerduty.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/pagerduty-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/pagerduty-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/pagerduty-webhooks/references/overview.md',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/pagerduty-webhooks.mdx'],
    },
  },
});
