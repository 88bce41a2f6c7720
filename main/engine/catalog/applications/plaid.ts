// What the catalog knows of Plaid. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const plaid = defineApplication({
  id: 'plaid',
  name: 'Plaid',
  category: 'Payments',
  aliases: ['bank accounts', 'banking', 'transactions'],
  icon: {
    color: '#111111',
  },
  docsUrl: 'https://plaid.com/docs/api/webhooks/webhook-verification/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Plaid takes the address with each link token that your program creates.',
    },
    {
      text: 'Give the webhook URL as webhook when you create the link token.',
      pastesUrl: true,
    },
    {
      text: 'Connect a sandbox bank to make the first call.',
    },
  ],
  signature: {
    scheme: 'notCheckable',
    header: 'Plaid-Verification',
    text: 'A JSON Web Token signed with a key that Plaid publishes. Hookbench does not check it.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'TRANSACTIONS',
    },
    {
      name: 'ITEM',
    },
  ],
  eventType: {
    path: 'webhook_type',
  },
  mapping: {
    id: 'item_id',
    title: 'webhook_code',
    note: 'One item is one connected bank. The data itself must be fetched with the API.',
  },
  sample: {
    event: 'TRANSACTIONS',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      webhook_type: 'TRANSACTIONS',
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      item_id: 'eXAmpLevbmjP8Kx9D7nW',
      initial_update_complete: true,
      historical_update_complete: false,
      environment: 'sandbox',
    }),
  },
  signatureSchemes: [
    {
      kind: 'notCheckable',
      header: 'Plaid-Verification',
      reason: 'Plaid signs with a key that has to be fetched from its API; Hookbench does not check it.',
    },
  ],
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/plaid.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/plaid.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/plaid.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/plaid.ts',
      ],
    },
  },
});
