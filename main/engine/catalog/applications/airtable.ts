// What the catalog knows of Airtable. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const airtable = defineApplication({
  id: 'airtable',
  name: 'Airtable',
  category: 'Productivity',
  aliases: ['bases', 'tables', 'spreadsheet'],
  icon: {
    slug: 'airtable',
    color: '#18bfff',
  },
  docsUrl: 'https://airtable.com/developers/web/api/webhooks-overview',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Airtable has no form for webhooks; its API creates them for a base.',
    },
    {
      text: 'Give the webhook URL as the notification URL when you create the webhook.',
      pastesUrl: true,
    },
    {
      text: 'Keep the MAC secret of the answer.',
    },
    {
      text: 'Change a record to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Airtable-Content-MAC',
    text: 'HMAC-SHA256 of the raw body in hex after hmac-sha256=.',
    certainty: 'confirmed',
  },
  events: [],
  mapping: {
    id: 'webhook.id',
    title: 'base.id',
    note: 'The call only says that something changed. The changes must be fetched with the API.',
    certainty: 'unconfirmed',
  },
  sample: {
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      base: { id: 'appExample00000001' },
      webhook: { id: 'achExample00000002' },
      timestamp: '2026-03-14T09:26:53.117Z',
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Airtable-Content-MAC',
      prefix: 'hmac-sha256=',
      secretEncoding: 'base64',
      content: '{body}',
    },
  ],
  secretHint: 'The MAC secret in base64, as the API gave it.',
  evidence: {
    content: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/airtable-webhook-routing.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    item: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/airtable-webhook-routing.ts',
      ],
    },
  },
});
