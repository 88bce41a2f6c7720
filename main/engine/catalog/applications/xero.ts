// What the catalog knows of Xero. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const xero = defineApplication({
  id: 'xero',
  name: 'Xero',
  category: 'Accounting',
  aliases: ['invoices', 'bookkeeping'],
  icon: {
    slug: 'xero',
    color: '#13b5ea',
  },
  docsUrl: 'https://developer.xero.com/documentation/guides/webhooks/overview/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app at developer.xero.com and go to Webhooks.',
      menu: ['My Apps', 'Your app', 'Webhooks'],
    },
    {
      text: 'Tick the events and paste the webhook URL into Delivery URL.',
      pastesUrl: true,
    },
    {
      text: 'Keep the webhook key at hand. The check is answered with it.',
    },
    {
      text: 'Choose Send Intent to receive. Xero sends right and wrong probes; Hookbench answers both.',
    },
    {
      text: 'Change a contact or an invoice to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'signedProbe',
    text: 'Xero sends probes without events. It wants 200 for the rightly signed ones and 401 for the others.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'x-xero-signature',
    text: 'HMAC-SHA256 of the raw body in base64.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 5000,
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'CONTACT',
    },
    {
      name: 'INVOICE',
    },
  ],
  mapping: {
    split: 'events[*]',
    id: 'resourceId',
    title: 'eventCategory',
    note: 'Xero sends ids only. The record must be fetched with the API.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'INVOICE',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      events: [
        {
          resourceUrl: 'https://api.xero.com/api.xro/2.0/Invoices/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          resourceId: '717f2bfc-c6d4-41fd-b238-3f2f0c0cf777',
          eventDateUtc: '2026-03-14T09:26:53.220',
          eventType: 'UPDATE',
          eventCategory: 'INVOICE',
          tenantId: 'c2cc9b6e-9458-4c7d-93cc-f02b81b0594f',
          tenantType: 'ORGANISATION',
        },
      ],
      firstEventSequence: 8,
      lastEventSequence: 8,
      entropy: 'EXAMPLEJQVZBUPQMCPQM',
    }),
  },
  handshake: {
    kind: 'signedProbe',
    emptyListPath: 'events',
    status: 200,
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'x-xero-signature',
      content: '{body}',
    },
  ],
  secretHint: 'The webhook key of the app.',
  evidence: {
    content: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/xero-webhook-routing.ts',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/xero-webhooks.mdx',
        'https://github.com/ngrok/ngrok-docs/blob/main/snippets/traffic-policy/actions/verify-webhook/behavior.mdx',
        'https://gist.github.com/constantm/3ad8d31fd8fc2e1f00eff1246fd591ba',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/xero-webhook-routing.ts',
        'https://www.skills.sh/hookdeck/webhook-skills/xero-webhooks',
      ],
    },
    response: {
      level: 'secondary',
      sources: ['https://truto.one/blog/how-do-i-integrate-with-the-xero-api-a-guide-for-b2b-saas.md'],
    },
    item: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/xero-webhook-routing.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/xero-webhooks.mdx',
        'https://nango.dev/docs/integrations/all/xero/webhooks',
      ],
    },
  },
});
