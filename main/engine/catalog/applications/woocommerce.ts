// What the catalog knows of WooCommerce. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const woocommerce = defineApplication({
  id: 'woocommerce',
  name: 'WooCommerce',
  category: 'Commerce',
  aliases: ['wordpress', 'shop', 'orders', 'e-commerce', 'woo'],
  icon: {
    slug: 'woocommerce',
    color: '#96588a',
  },
  docsUrl: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'In WordPress, open the advanced settings of WooCommerce and add a webhook.',
      menu: ['WooCommerce', 'Settings', 'Advanced', 'Webhooks', 'Add webhook'],
    },
    {
      text: 'Set the status to Active and choose a topic, such as Order created.',
    },
    {
      text: 'Paste the webhook URL into Delivery URL.',
      pastesUrl: true,
    },
    {
      text: 'Type a secret and save. WooCommerce sends a ping.',
    },
    {
      text: 'Place an order to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'signedPing',
    text: 'When you save, WooCommerce sends a ping and wants a 2xx answer.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-WC-Webhook-Signature',
    text: 'HMAC-SHA256 of the raw body in base64.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'Five failures in a row switch the webhook off.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'product.created',
      mapping: {
        id: 'id',
        title: 'name',
      },
    },
    {
      name: 'product.updated',
      mapping: {
        id: 'id',
        title: 'name',
      },
    },
    {
      name: 'order.created',
      mapping: {
        id: 'id',
        title: 'number',
        certainty: 'unconfirmed',
      },
    },
    {
      name: 'order.updated',
      mapping: {
        id: 'id',
        title: 'number',
        certainty: 'unconfirmed',
      },
    },
  ],
  eventType: {
    header: 'X-WC-Webhook-Topic',
  },
  deliveryId: {
    header: 'X-WC-Webhook-Delivery-ID',
  },
  mapping: {
    id: 'id',
    title: 'name',
    note: 'For products. Orders may have number as a title.',
  },
  sample: {
    event: 'product.updated',
    contentType: 'application/json',
    headers: {
      'X-WC-Webhook-Topic': 'product.updated',
      'X-WC-Webhook-Resource': 'product',
      'X-WC-Webhook-Event': 'updated',
      'X-WC-Webhook-ID': '4',
      'X-WC-Webhook-Delivery-ID': 'a0c81f2a4b7d5e3960f1c8d2e5b4a713',
    },
    body: JSON.stringify({
      id: 794,
      name: 'Walnut loaf',
      slug: 'walnut-loaf',
      type: 'simple',
      status: 'publish',
      sku: 'WAL-750',
      price: '6.40',
      stock_quantity: 18,
      categories: [{ id: 9, name: 'Bread' }],
      date_modified: '2026-03-14T09:26:53',
    }),
  },
  handshake: {
    kind: 'signedPing',
    formField: 'webhook_id',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-WC-Webhook-Signature',
      content: '{body}',
    },
  ],
  secretHint: 'The secret of the webhook.',
  evidence: {
    content: {
      level: 'official',
      sources: [
        'https://github.com/woocommerce/woocommerce-rest-api-docs/blob/trunk/source/includes/v3/_webhooks.md',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/woocommerce',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/woocommerce-webhooks/references/setup.md',
      ],
    },
    signature: {
      level: 'official',
      sources: [
        'https://github.com/woocommerce/woocommerce-rest-api-docs/blob/trunk/source/includes/v3/_webhooks.md',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/woocommerce',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/woocommerce'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/woocommerce'],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/woocommerce-webhooks/references/setup.md',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/woocommerce'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/woocommerce-webhooks/references/setup.md',
      ],
    },
  },
});
