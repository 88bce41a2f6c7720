// What the catalog knows of Zendesk. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const zendesk = defineApplication({
  id: 'zendesk',
  name: 'Zendesk',
  category: 'Support',
  aliases: ['tickets', 'helpdesk', 'customer support'],
  icon: {
    slug: 'zendesk',
    color: '#03363d',
  },
  docsUrl: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the Admin Center and create a webhook.',
      menu: ['Apps and integrations', 'Webhooks', 'Create webhook'],
    },
    {
      text: 'Choose Trigger or automation. Paste the webhook URL into Endpoint URL, with the method POST and the format JSON.',
      pastesUrl: true,
    },
    {
      text: 'Create the webhook and reveal its signing secret.',
    },
    {
      text: 'Add a trigger with the action Notify webhook and write its JSON.',
      menu: ['Objects and rules', 'Triggers'],
    },
    {
      text: 'Give the JSON the fields ticket_id and subject, filled by placeholders. The suggestion uses these names.',
    },
    {
      text: 'Create a ticket to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Zendesk-Webhook-Signature',
    text: 'HMAC-SHA256 over the time and the raw body, in base64.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'After certain answers. Many failures pause the webhook.',
    certainty: 'confirmed',
  },
  events: [],
  mapping: {
    id: 'ticket_id',
    title: 'subject',
    note: 'The names are those that you write into the JSON of the trigger.',
  },
  sample: {
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      ticket_id: '48213',
      subject: 'The order page shows an empty cart',
      status: 'New',
      priority: 'High',
      requester: { name: 'Aino Virtanen', email: 'aino.virtanen@example.com' },
      url: 'northwind.zendesk.example.com/agent/tickets/48213',
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-Zendesk-Webhook-Signature',
      content: '{timestamp}{body}',
      timestamp: {
        in: 'header',
        header: 'X-Zendesk-Webhook-Signature-Timestamp',
        unit: 'iso',
      },
    },
  ],
  secretHint: 'The signing secret of the webhook.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/zendesk.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    response: {
      level: 'official',
      sources: ['https://developer.zendesk.com/api-reference/webhooks/introduction'],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/zendesk.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/zendesk-webhooks.mdx'],
    },
  },
});
