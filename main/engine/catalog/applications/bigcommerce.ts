// What the catalog knows of BigCommerce. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const bigcommerce = defineApplication({
  id: 'bigcommerce',
  name: 'BigCommerce',
  category: 'Commerce',
  aliases: ['shop', 'orders', 'e-commerce', 'store'],
  icon: {
    slug: 'bigcommerce',
    color: '#121118',
  },
  docsUrl: 'https://developer.bigcommerce.com/docs/integrations/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'BigCommerce webhooks are created with its API.',
    },
    {
      text: 'Give the webhook URL as the destination of the webhook, and a scope such as store/order/created.',
      pastesUrl: true,
    },
    {
      text: 'Place an order to make the first call.',
    },
  ],
  signature: {
    scheme: 'none',
    text: 'Not signed. The unguessable part of the webhook URL protects the calls.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'store/order/created',
    },
    {
      name: 'store/order/updated',
    },
    {
      name: 'store/product/updated',
    },
  ],
  eventType: {
    path: 'scope',
  },
  deliveryId: {
    path: 'hash',
  },
  mapping: {
    id: 'data.id',
    title: 'scope',
    note: 'BigCommerce sends ids only. The record must be fetched with the API.',
  },
  sample: {
    event: 'store/order/created',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      scope: 'store/order/created',
      store_id: '1025646',
      data: { type: 'order', id: 250 },
      hash: 'dd70c0976e06b67aaf671e73f49dcb79230ebf9d',
      created_at: 1773480413,
      producer: 'stores/example',
    }),
  },
  signatureSchemes: [
    {
      kind: 'none',
    },
  ],
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bigcommerce'],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bigcommerce'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bigcommerce'],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bigcommerce'],
    },
  },
});
