// What the catalog knows of Notion. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const notion = defineApplication({
  id: 'notion',
  name: 'Notion',
  category: 'Productivity',
  aliases: ['pages', 'databases', 'notes', 'wiki'],
  icon: {
    slug: 'notion',
    color: '#000000',
  },
  docsUrl: 'https://developers.notion.com/reference/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your Notion integration and create a webhook subscription.',
    },
    {
      text: 'Paste the webhook URL and create the subscription. Notion posts a verification token at once.',
      pastesUrl: true,
    },
    {
      text: 'Copy the token from the first call here into Notion to finish the check.',
    },
    {
      text: 'Choose the events, then change a page that the integration can see.',
    },
  ],
  urlCheck: {
    kind: 'tokenToCopy',
    text: 'Notion posts a verification token that you copy back into Notion. It is also the signing key.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Notion-Signature',
    text: 'HMAC-SHA256 of the raw body in hex after sha256=, with the verification token.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'page.created',
    },
    {
      name: 'page.content_updated',
    },
    {
      name: 'page.properties_updated',
    },
  ],
  eventType: {
    path: 'type',
  },
  deliveryId: {
    path: 'id',
  },
  mapping: {
    id: 'entity.id',
    title: 'type',
    note: 'Notion sends no page titles, only ids. Several changes can arrive as one call.',
  },
  sample: {
    event: 'page.content_updated',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      id: '367cba44-b6f3-4c92-81e7-6a2e9659efd4',
      timestamp: '2026-03-14T09:26:53.018Z',
      workspace_id: '13950b26-c203-4f3b-b97d-93ec06319565',
      workspace_name: 'Northwind Bakery',
      subscription_id: '29d75c0d-5546-4414-8459-7b7a92f1fc4b',
      type: 'page.content_updated',
      authors: [{ id: 'c7c11cca-1d73-471d-9b6e-bdef51470190', type: 'person' }],
      attempt_number: 1,
      entity: { id: '153104cd-477e-809d-8dc4-ff2d96ae3090', type: 'page' },
      data: { updated_blocks: [{ id: '153104cd-477e-80ec-95c5-f3b9f1b5a2c7', type: 'block' }] },
    }),
  },
  handshake: {
    kind: 'tokenToCopy',
    path: 'verification_token',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Notion-Signature',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The verification token of the first call.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/notion-webhooks/references/overview.md',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/notion-webhooks/references/overview.md',
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/notion-webhook-routing.ts',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/notion-webhook-routing.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/notion-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/notion-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/notion-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/notion.ts',
      ],
    },
  },
});
