// What the catalog knows of PayPal. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const paypal = defineApplication({
  id: 'paypal',
  name: 'PayPal',
  category: 'Payments',
  aliases: ['payment', 'checkout', 'money'],
  icon: {
    slug: 'paypal',
    color: '#002991',
  },
  docsUrl: 'https://developer.paypal.com/api/rest/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the PayPal developer dashboard and add a webhook. The menu may be named otherwise.',
      menu: ['Apps & Credentials', 'Your app', 'Webhooks', 'Add Webhook'],
      certainty: 'unconfirmed',
    },
    {
      text: 'Paste the webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Tick the events, such as Payment capture completed, and save.',
    },
    {
      text: 'Make a payment in the sandbox to make the first call.',
    },
  ],
  signature: {
    scheme: 'notCheckable',
    header: 'PAYPAL-TRANSMISSION-SIG',
    text: 'RSA with a certificate that PayPal names in each call. Hookbench does not check it.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'With growing pauses for up to 3 days.',
    certainty: 'confirmed',
    forMs: 259_200_000,
  },
  events: [
    {
      name: 'PAYMENT.CAPTURE.COMPLETED',
    },
    {
      name: 'CHECKOUT.ORDER.APPROVED',
    },
  ],
  eventType: {
    path: 'event_type',
  },
  deliveryId: {
    path: 'id',
  },
  mapping: {
    id: 'resource.id',
    title: 'summary',
  },
  sample: {
    event: 'PAYMENT.CAPTURE.COMPLETED',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      id: 'WH-EXAMPLE58D329510W468432D',
      event_version: '1.0',
      create_time: '2026-03-14T09:26:53.220Z',
      resource_type: 'capture',
      resource_version: '2.0',
      event_type: 'PAYMENT.CAPTURE.COMPLETED',
      summary: 'Payment completed for EUR 46.90',
      resource: {
        id: '42311647XV020574X',
        status: 'COMPLETED',
        amount: { value: '46.90', currency_code: 'EUR' },
        final_capture: true,
        custom_id: 'order-1042',
      },
      links: [],
    }),
  },
  signatureSchemes: [
    {
      kind: 'notCheckable',
      header: 'PAYPAL-TRANSMISSION-SIG',
      reason: 'PayPal signs with a certificate that has to be fetched; Hookbench does not check it.',
    },
  ],
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/paypal'],
    },
    signature: {
      level: 'sample',
      sources: [
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/paypal',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paypal-webhooks/references/overview.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paypal-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paypal-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paypal-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/paypal-webhooks/references/overview.md',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/paypal',
      ],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
