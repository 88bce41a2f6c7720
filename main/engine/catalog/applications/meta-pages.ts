// What the catalog knows of Facebook Page and Instagram. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const metaPages = defineApplication({
  id: 'meta-pages',
  name: 'Facebook Page and Instagram',
  category: 'Communication',
  aliases: ['meta', 'facebook', 'instagram', 'social media'],
  icon: {
    slug: 'meta',
    color: '#0467df',
  },
  docsUrl: 'https://developers.facebook.com/docs/graph-api/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in Meta for Developers and add the product Webhooks.',
      menu: ['My Apps', 'Your app', 'Add Product', 'Webhooks'],
    },
    {
      text: 'Choose Page or Instagram, then Subscribe to this object.',
    },
    {
      text: 'Paste the webhook URL into Callback URL.',
      pastesUrl: true,
    },
    {
      text: 'Make up a verify token, type it there, and save. Meta calls the URL at once.',
    },
    {
      text: 'Subscribe to the fields that you need, and use Test beside one of them.',
    },
  ],
  urlCheck: {
    kind: 'echoQuery',
    text: 'Meta sends a GET with a challenge and your verify token, and wants the challenge back.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Hub-Signature-256',
    text: 'HMAC-SHA256 of the raw body in hex after sha256=, with the app secret.',
    certainty: 'confirmed',
  },
  events: [],
  mapping: {
    split: 'entry[*].changes[*]',
    id: 'value.object_id',
    title: 'field',
    note: 'What stands in value depends on the field; choose the id from a real call.',
  },
  sample: {
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      object: 'page',
      entry: [
        {
          id: '110774245409072',
          time: 1773480413,
          changes: [{ field: 'likes', value: { object_id: '110774245409099', item: 'like', verb: 'add' } }],
        },
      ],
    }),
  },
  handshake: {
    kind: 'echoQuery',
    parameter: 'hub.challenge',
    query: {
      'hub.mode': 'subscribe',
    },
    verifyToken: 'hub.verify_token',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Hub-Signature-256',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The app secret of the Meta app.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://developers.facebook.com/docs/graph-api/webhooks/'],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://developers.facebook.com/docs/messenger-platform/webhook-reference',
        'https://docs.superglue.cloud/api-reference/webhooks/handle-webhook-challenge-verification.md',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/whatsapp-webhooks.mdx',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/whatsapp.ts',
      ],
    },
    item: {
      level: 'official',
      sources: ['https://developers.facebook.com/docs/graph-api/webhooks/'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/facebook-webhooks.mdx',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/instagram-webhooks.mdx',
      ],
    },
  },
});
