// What the catalog knows of Linear. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const linear = defineApplication({
  id: 'linear',
  name: 'Linear',
  category: 'Project management',
  aliases: ['issues', 'linear.app'],
  icon: { slug: 'linear', color: '#5e6ad2' },
  docsUrl: 'https://linear.app/developers/webhooks',
  contentTypes: ['application/json; charset=utf-8'],
  steps: [
    {
      text: 'Open the settings of the workspace, go to API under Administration, and create a webhook.',
      menu: ['Settings', 'Administration', 'API', 'Webhooks', 'Create webhook'],
    },
    { text: 'Give it a name and paste the webhook URL.', pastesUrl: true },
    { text: 'Tick what you need, such as Issues and Comments, and choose the team.' },
    { text: 'Copy the signing secret, then create the webhook.' },
    { text: 'Edit an issue to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Linear-Signature',
    text: 'HMAC-SHA256 of the raw body in hex. The time stands in the body.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 5_000, certainty: 'unconfirmed' },
  retries: {
    text: 'Three times: after about a minute, an hour and six hours.',
    certainty: 'unconfirmed',
  },
  events: [
    { name: 'Issue', mapping: { id: 'data.id', title: 'data.title' } },
    { name: 'Project', mapping: { id: 'data.id', title: 'data.name' } },
    { name: 'Comment' },
  ],
  eventType: { header: 'Linear-Event', path: 'type' },
  deliveryId: { header: 'Linear-Delivery' },
  mapping: {
    id: 'data.id',
    title: 'data.title',
    note: 'data.identifier is the short name that people use. updatedFrom holds the old values.',
  },
  sample: {
    event: 'Issue',
    contentType: 'application/json; charset=utf-8',
    headers: {
      'User-Agent': 'Linear-Webhook',
      'Linear-Event': 'Issue',
      'Linear-Delivery': '9f3b1c52-6f0e-4a21-8f3c-0d5a7be4c618',
    },
    body: JSON.stringify({
      action: 'create',
      actor: { id: '3d2a8c47-91f5-4be0-a6cf-52e07b9d1f34', type: 'user', name: 'Kofi Mensah' },
      createdAt: '2026-03-14T09:26:53.014Z',
      data: {
        id: '6c1f0e5a-7d3b-4b92-8e40-19a5c8d7f236',
        createdAt: '2026-03-14T09:26:53.014Z',
        updatedAt: '2026-03-14T09:26:53.014Z',
        number: 87,
        title: 'Loyalty points are counted twice on split bills',
        priority: 2,
        priorityLabel: 'High',
        identifier: 'TILL-87',
        url: 'https://linear.app/northwind-bakery/issue/TILL-87',
        team: { id: 'b7e2d904-5c18-4f6a-93d1-e08c4a6f7b25', key: 'TILL', name: 'Till' },
        state: { id: '0a9c3e71-2d64-4f85-b1c7-6e5d8f09a342', name: 'Todo', type: 'unstarted' },
        labelIds: [],
      },
      url: 'https://linear.app/northwind-bakery/issue/TILL-87',
      type: 'Issue',
      organizationId: 'e5a1c7d3-8b90-4e26-a4f7-3c1d9b5e6082',
      webhookTimestamp: 1773480413220,
      webhookId: '41f7b0a6-c9d2-4385-9e1b-7a60d3f2c584',
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'Linear-Signature',
      content: '{body}',
      timestamp: { in: 'body', path: 'webhookTimestamp', unit: 'ms' },
    },
  ],
  secretHint: 'The signing secret of the webhook.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/linear-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/linear-webhook-routing.ts',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/linear-webhooks/references/overview.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/linear-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/linear-webhooks/references/overview.md',
      ],
    },
    response: { level: 'unverified', sources: [] },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/linear-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/linear.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/linear-webhooks.mdx'],
    },
  },
});
