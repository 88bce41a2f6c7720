// What the catalog knows of Stripe. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const stripe = defineApplication({
  id: 'stripe',
  name: 'Stripe',
  category: 'Payments',
  aliases: ['payment', 'invoice', 'subscription', 'checkout'],
  icon: { slug: 'stripe', color: '#635bff' },
  docsUrl: 'https://docs.stripe.com/webhooks',
  contentTypes: ['application/json; charset=utf-8'],
  steps: [
    {
      text: 'In the Stripe dashboard, open Developers and add a webhook endpoint.',
      menu: ['Developers', 'Webhooks', 'Add endpoint'],
    },
    { text: 'Paste the webhook URL into Endpoint URL.', pastesUrl: true },
    {
      text: 'Select the events that you need, such as invoice.paid or customer.created, and add the endpoint.',
    },
    { text: 'Reveal the signing secret on the page of the endpoint and set it here, under Verification.' },
    { text: 'Make a payment in a sandbox to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Stripe-Signature',
    text: 'HMAC-SHA256 over the time and the raw body, as t=…,v1=… in hex.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'Live: with growing pauses for up to 3 days. Sandbox: three times over a few hours. Order is not guaranteed.',
    certainty: 'confirmed',
    forMs: 259_200_000,
  },
  events: [
    { name: 'customer.created', mapping: { id: 'data.object.id', title: 'data.object.email' } },
    { name: 'customer.updated', mapping: { id: 'data.object.id', title: 'data.object.email' } },
    { name: 'invoice.paid', mapping: { id: 'data.object.id', title: 'data.object.number' } },
    {
      name: 'checkout.session.completed',
      mapping: { id: 'data.object.id', title: 'data.object.customer_details.email' },
    },
  ],
  eventType: { path: 'type' },
  deliveryId: { path: 'id' },
  mapping: {
    id: 'data.object.id',
    title: 'type',
    note: 'Better titles: data.object.email for customers, data.object.number for invoices.',
  },
  sample: {
    event: 'invoice.paid',
    contentType: 'application/json; charset=utf-8',
    headers: { 'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)' },
    body: JSON.stringify(
      {
        id: 'evt_1Qexample7Vh2mKd0Rz',
        object: 'event',
        api_version: '2025-09-30.clover',
        created: 1773480413,
        data: {
          object: {
            id: 'in_1Qexample4TnWc8Lp',
            object: 'invoice',
            number: 'NWB-0042',
            currency: 'eur',
            customer: 'cus_QexampleX1',
            customer_email: 'accounts@example.com',
            customer_name: 'Harbour Café',
            amount_due: 12_850,
            amount_paid: 12_850,
            status: 'paid',
            lines: {
              object: 'list',
              data: [
                {
                  id: 'il_1Qexample9',
                  object: 'line_item',
                  amount: 12_850,
                  description: 'Flour, 25 kg',
                  quantity: 5,
                },
              ],
              has_more: false,
            },
            metadata: { route: 'north' },
          },
        },
        livemode: false,
        pending_webhooks: 1,
        request: { id: 'req_Example8sQ', idempotency_key: null },
        type: 'invoice.paid',
      },
      undefined,
      2,
    ),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'Stripe-Signature',
      fields: { separator: ',', signatures: ['v1'] },
      timestamp: { in: 'field', field: 't', unit: 's' },
      content: '{timestamp}.{body}',
    },
  ],
  secretHint: 'The signing secret of the endpoint. It starts with whsec_ and is used as it stands.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/stripe'],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/stripe-webhooks/references/verification.md',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/stripe',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/stripe'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/stripe'],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://dev.to/shannonllc/stripe-webhooks-retries-ordering-duplicates-timeouts-and-ips-46f0',
        'https://docs.stripe.com/webhooks',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/stripe'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/stripe-webhooks.mdx',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/stripe-webhooks/references/setup.md',
      ],
    },
  },
});
