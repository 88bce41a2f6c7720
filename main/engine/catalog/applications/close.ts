// What the catalog knows of Close. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const close = defineApplication({
  id: 'close',
  name: 'Close',
  category: 'Customer relations',
  aliases: ['crm', 'leads', 'sales', 'close.com'],
  icon: {
    color: '#1463ff',
  },
  docsUrl: 'https://developer.close.com/topics/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Create a webhook subscription with the API of Close.',
    },
    {
      text: 'Give the webhook URL as its address.',
      pastesUrl: true,
    },
    {
      text: 'Name the events that you need, such as lead created and lead updated.',
    },
    {
      text: 'Keep the signature key that the answer holds.',
    },
    {
      text: 'Change a lead to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'close-sig-hash',
    text: 'HMAC-SHA256 over the time and the raw body, in hex.',
    certainty: 'unconfirmed',
  },
  answerLimit: {
    ms: 15000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'Failed calls are sent again.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'created',
    },
    {
      name: 'updated',
    },
    {
      name: 'deleted',
    },
  ],
  eventType: {
    path: 'event.action',
  },
  deliveryId: {
    path: 'event.id',
  },
  mapping: {
    id: 'event.object_id',
    title: 'event.data.display_name',
    note: 'Where there is no display_name, event.data.name may hold the title.',
  },
  sample: {
    event: 'updated',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      event: {
        id: 'ev_5Example7kQ',
        date_created: '2026-03-14T09:26:53.581000',
        action: 'updated',
        object_type: 'lead',
        object_id: 'lead_Example4xP',
        organization_id: 'orga_Example1',
        user_id: 'user_Example2',
        changed_fields: ['status_label'],
        data: {
          id: 'lead_Example4xP',
          display_name: 'Café Lumière',
          status_label: 'Qualified',
          contacts: [],
        },
        previous_data: { status_label: 'Potential' },
      },
      subscription_id: 'whsub_Example9',
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'close-sig-hash',
      content: '{timestamp}{body}',
      timestamp: {
        in: 'header',
        header: 'close-sig-timestamp',
        unit: 's',
      },
    },
  ],
  secretHint: 'The signature key of the webhook subscription.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/close-crm.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave3.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/close-crm.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/close-crm.ts',
      ],
    },
    response: {
      level: 'official',
      sources: ['https://developer.close.com/api/overview/changelog/2026/11/9'],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/close-crm.ts',
      ],
    },
  },
});
