// What the catalog knows of Attio. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const attio = defineApplication({
  id: 'attio',
  name: 'Attio',
  category: 'Customer relations',
  aliases: ['crm', 'records'],
  icon: {
    color: '#266df0',
  },
  docsUrl: 'https://docs.attio.com/rest-api/guides/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Create the webhook in the developer settings of Attio or with its API.',
    },
    {
      text: 'Give the webhook URL as the target of the webhook.',
      pastesUrl: true,
    },
    {
      text: 'Subscribe to the events that you need, such as a created record.',
    },
    {
      text: 'Change a record to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Attio-Signature',
    text: 'HMAC-SHA256 of the raw body in hex.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'record.created',
    },
    {
      name: 'record.updated',
    },
  ],
  eventType: { path: 'events[*].event_type' },
  mapping: {
    split: 'events[*]',
    id: 'id.record_id',
    title: 'event_type',
    note: 'Attio sends ids only, no names.',
  },
  sample: {
    event: 'record.created',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      webhook_id: '7d0c1f3e-52b8-4a61-9e47-8f2b6c5d4a10',
      events: [
        {
          event_type: 'record.created',
          id: {
            workspace_id: '14beef7a-99f7-4534-a87e-70b564330a4c',
            object_id: '97052eb9-e65e-443f-a297-f2d9a4a7f795',
            record_id: 'bf071e1f-6035-429d-b874-d83ea64ea13b',
          },
          actor: { type: 'workspace-member', id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b' },
        },
      ],
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'Attio-Signature',
      otherHeaders: ['X-Attio-Signature'],
      content: '{body}',
    },
  ],
  secretHint: 'The secret of the webhook.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/attio.ts',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/attio-webhook-routing.ts',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/attio.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/attio.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/attio.ts',
      ],
    },
  },
});
