// What the catalog knows of Shopify. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const shopify = defineApplication({
  id: 'shopify',
  name: 'Shopify',
  category: 'Commerce',
  aliases: ['shop', 'store', 'orders', 'e-commerce'],
  icon: { slug: 'shopify', color: '#7ab55c' },
  docsUrl: 'https://shopify.dev/docs/apps/build/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'In the admin of the store, open the notification settings and go to Webhooks.',
      menu: ['Settings', 'Notifications', 'Webhooks', 'Create webhook'],
    },
    { text: 'Choose one event, such as Order creation, and the format JSON.' },
    { text: 'Paste the webhook URL into URL and save.', pastesUrl: true },
    { text: 'Set the signing key that is shown under the list of webhooks here, under Verification.' },
    { text: 'Place a test order to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Shopify-Hmac-SHA256',
    text: 'HMAC-SHA256 of the raw body in base64.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 5_000, certainty: 'confirmed' },
  retries: {
    text: 'Eight times over 4 hours. After that, subscriptions made through the API are removed.',
    certainty: 'confirmed',
    forMs: 14_400_000,
  },
  events: [
    { name: 'orders/create', mapping: { id: 'id', title: 'name' } },
    { name: 'orders/updated', mapping: { id: 'id', title: 'name' } },
    { name: 'products/create', mapping: { id: 'id', title: 'title' } },
    { name: 'products/update', mapping: { id: 'id', title: 'title' } },
    { name: 'customers/create', mapping: { id: 'id', title: 'email' } },
    { name: 'customers/update', mapping: { id: 'id', title: 'email' } },
  ],
  eventType: { header: 'X-Shopify-Topic' },
  deliveryId: { header: 'X-Shopify-Webhook-Id' },
  mapping: {
    id: 'id',
    title: 'name',
    note: 'For orders. Products have title, customers have email. Ids can be longer than a double holds; every digit is kept.',
  },
  sample: {
    event: 'orders/create',
    contentType: 'application/json',
    headers: {
      'X-Shopify-Topic': 'orders/create',
      'X-Shopify-Shop-Domain': 'northwind-bakery.example.com',
      'X-Shopify-API-Version': '2026-01',
      'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      'X-Shopify-Triggered-At': '2026-03-14T09:26:53.581047Z',
    },
    // The id is spliced in as text: it has more digits than a number in JavaScript keeps.
    body: JSON.stringify({
      id: 0,
      admin_graphql_api_id: 'gid://shopify/Order/716540298117723505',
      name: '#1042',
      order_number: 1042,
      email: 'lena.vogt@example.com',
      created_at: '2026-03-14T10:26:51+01:00',
      currency: 'EUR',
      total_price: '46.90',
      subtotal_price: '42.00',
      total_tax: '4.90',
      financial_status: 'paid',
      fulfillment_status: null,
      customer: { id: 6071812045, email: 'lena.vogt@example.com', first_name: 'Lena', last_name: 'Vogt' },
      shipping_address: {
        name: 'Lena Vogt',
        address1: 'Musterweg 7',
        zip: '20095',
        city: 'Hamburg',
        country_code: 'DE',
      },
      line_items: [
        { id: 13872905, title: 'Rye sourdough', sku: 'RYE-900', quantity: 2, price: '12.00' },
        { id: 13872906, title: 'Almond croissant', sku: 'CRO-ALM', quantity: 6, price: '3.00' },
      ],
      test: true,
    }).replace('"id":0', '"id":716540298117723505'),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-Shopify-Hmac-SHA256',
      content: '{body}',
    },
  ],
  secretHint: 'The key shown on the Webhooks page, or the client secret of your app.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/shopify'],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/shopify-webhook-routing.ts',
        'https://github.com/frain-dev/convoy/blob/main/pkg/verifier/verifier.go',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/shopify',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/shopify'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/shopify'],
    },
    response: {
      level: 'official',
      sources: [
        'https://shopify.dev/changelog/updates-to-webhook-retry-mechanism',
        'https://dev.to/shannonllc/shopify-webhooks-hmac-verification-5-second-timeout-retries-jkj',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/shopify'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/shopify-webhooks.mdx',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/shopify-webhooks/references/setup.md',
      ],
    },
  },
});
