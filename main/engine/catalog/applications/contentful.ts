// What the catalog knows of Contentful. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const contentful = defineApplication({
  id: 'contentful',
  name: 'Contentful',
  category: 'Content',
  aliases: ['cms', 'headless', 'entries'],
  icon: {
    slug: 'contentful',
    color: '#2478cc',
  },
  docsUrl: 'https://www.contentful.com/developers/docs/webhooks/request-verification/',
  contentTypes: ['application/json', 'application/vnd.contentful.management.v1+json'],
  steps: [
    {
      text: 'Open the settings of the space and add a webhook.',
      menu: ['Settings', 'Webhooks', 'Add Webhook'],
    },
    {
      text: 'Type a name and paste the webhook URL into URL with the method POST.',
      pastesUrl: true,
    },
    {
      text: 'Choose the events, such as publishing of entries, and the content type application/json.',
    },
    {
      text: 'Save, then publish an entry to make the first call.',
    },
  ],
  signature: {
    scheme: 'notCheckable',
    header: 'x-contentful-signature',
    text: 'HMAC-SHA256 over method, path, chosen headers and body. Hookbench does not check it.',
    certainty: 'confirmed',
  },
  events: [],
  mapping: {
    id: 'sys.id',
    title: "$.fields.title['en-US']",
    note: 'Take the field and the language that your content type uses as title.',
    certainty: 'unconfirmed',
  },
  sample: {
    contentType: 'application/json',
    headers: {
      'X-Contentful-Webhook-Name': 'Hookbench',
    },
    body: JSON.stringify({
      sys: {
        type: 'Entry',
        id: '5KsDBWseXY6QegucYAoacS',
        space: { sys: { type: 'Link', linkType: 'Space', id: 'examplespace' } },
        contentType: { sys: { type: 'Link', linkType: 'ContentType', id: 'recipe' } },
        revision: 3,
        createdAt: '2026-02-01T08:00:00.000Z',
        updatedAt: '2026-03-14T09:26:53.220Z',
      },
      fields: { title: { 'en-US': 'Walnut loaf' }, minutes: { 'en-US': 95 } },
    }),
  },
  signatureSchemes: [
    {
      kind: 'notCheckable',
      header: 'x-contentful-signature',
      reason: 'Contentful signs a normal form of the whole request; Hookbench does not check it.',
    },
  ],
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/contentful-webhooks.mdx',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/contentful-webhooks.mdx',
      ],
    },
  },
});
