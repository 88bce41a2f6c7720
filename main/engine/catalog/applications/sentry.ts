// What the catalog knows of Sentry. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const sentry = defineApplication({
  id: 'sentry',
  name: 'Sentry',
  category: 'Monitoring',
  aliases: ['errors', 'issues', 'crash reports'],
  icon: {
    slug: 'sentry',
    color: '#362d59',
  },
  docsUrl: 'https://docs.sentry.io/product/integrations/integration-platform/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the developer settings and create an internal integration.',
      menu: ['Settings', 'Developer Settings', 'Create New Integration', 'Internal Integration'],
    },
    {
      text: 'Paste the webhook URL into Webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Give it read permission on issues and tick issue under Webhooks.',
    },
    {
      text: 'Save and copy the client secret.',
    },
    {
      text: 'Cause an error in a project to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Sentry-Hook-Signature',
    text: 'HMAC-SHA256 of the raw body in hex, with the client secret of the integration.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 1000,
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'issue',
      mapping: {
        id: 'data.issue.id',
        title: 'data.issue.title',
      },
    },
  ],
  eventType: {
    header: 'Sentry-Hook-Resource',
    path: 'action',
  },
  mapping: {
    id: 'data.issue.id',
    title: 'data.issue.title',
    note: 'data.issue.shortId is the name that people use.',
  },
  sample: {
    event: 'issue',
    contentType: 'application/json',
    headers: {
      'Sentry-Hook-Resource': 'issue',
      'Sentry-Hook-Timestamp': '1773480413',
    },
    body: JSON.stringify({
      action: 'created',
      installation: { uuid: 'a8e5d37a-696c-4c54-adb5-b3f28d64c7de' },
      data: {
        issue: {
          id: '5170218843',
          shortId: 'TILL-3K',
          title: 'TypeError: price is undefined',
          culprit: 'receipt.ts in printReceipt',
          level: 'error',
          status: 'unresolved',
          web_url: 'https://northwind.sentry.example.com/issues/5170218843/',
          project: { id: '4', name: 'till', slug: 'till' },
          count: '1',
          firstSeen: '2026-03-14T09:26:52.000Z',
        },
      },
      actor: { type: 'application', id: 'sentry', name: 'Sentry' },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'Sentry-Hook-Signature',
      content: '{body}',
    },
  ],
  secretHint: 'The client secret of the integration.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/sentry.ts',
      ],
    },
    signature: {
      level: 'code',
      sources: ['https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/sentry-oauth.ts'],
    },
    eventType: {
      level: 'code',
      sources: ['https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/sentry-oauth.ts'],
    },
    response: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/sentry.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/sentry-webhooks.mdx'],
    },
  },
});
