// What the catalog knows of WorkOS. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const workos = defineApplication({
  id: 'workos',
  name: 'WorkOS',
  category: 'Identity',
  aliases: ['single sign-on', 'sso', 'directory sync', 'users'],
  icon: {
    color: '#6363f1',
  },
  docsUrl: 'https://workos.com/docs/events/data-syncing/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the webhooks of the WorkOS dashboard and add an endpoint.',
    },
    {
      text: 'Paste the webhook URL as the endpoint.',
      pastesUrl: true,
    },
    {
      text: 'Select the events, such as user.created, and copy the secret.',
    },
    {
      text: 'Cause one of the events to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'WorkOS-Signature',
    text: 'HMAC-SHA256 over the time and the raw body, as t=…,v1=… in hex.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'user.created',
    },
    {
      name: 'dsync.user.created',
    },
  ],
  eventType: {
    path: 'event',
  },
  deliveryId: {
    path: 'id',
  },
  mapping: {
    id: 'data.id',
    title: 'data.email',
    note: 'For users; other objects have other fields.',
  },
  sample: {
    event: 'user.created',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      id: 'event_01EXAMPLE4Z1QK',
      event: 'user.created',
      created_at: '2026-03-14T09:26:53.220Z',
      data: {
        object: 'user',
        id: 'user_01EXAMPLE8MVN',
        email: 'mei.lin@example.com',
        first_name: 'Mei',
        last_name: 'Lin',
        email_verified: true,
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'WorkOS-Signature',
      fields: {
        separator: ',',
        signatures: ['v1'],
      },
      content: '{timestamp}.{body}',
      timestamp: {
        in: 'field',
        field: 't',
        unit: 'ms',
      },
    },
  ],
  secretHint: 'The secret of the endpoint.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/workos.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/workos.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/workos.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/workos.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/workos.ts',
      ],
    },
  },
});
