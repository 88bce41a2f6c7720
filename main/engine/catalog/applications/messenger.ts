// What the catalog knows of Facebook Messenger. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const messenger = defineApplication({
  id: 'messenger',
  name: 'Facebook Messenger',
  category: 'Communication',
  aliases: ['meta', 'facebook', 'chat'],
  icon: {
    slug: 'messenger',
    color: '#0866ff',
  },
  docsUrl: 'https://developers.facebook.com/docs/messenger-platform/webhook-reference',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in Meta for Developers and add a callback URL for Messenger.',
      menu: ['Your app', 'Messenger', 'Settings', 'Webhooks', 'Add Callback URL'],
    },
    {
      text: 'Paste the webhook URL into Callback URL.',
      pastesUrl: true,
    },
    {
      text: 'Make up a verify token, type it there, and save. Meta calls the URL at once.',
    },
    {
      text: 'Write to the page to make the first call.',
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
    split: 'entry[*].messaging[*]',
    id: 'message.mid',
    title: 'message.text',
    note: 'For messages; other events have other fields.',
    certainty: 'unconfirmed',
  },
  sample: {
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      object: 'page',
      entry: [
        {
          id: '110774245409072',
          time: 1773480413220,
          messaging: [
            {
              sender: { id: '2512883455210091' },
              recipient: { id: '110774245409072' },
              timestamp: 1773480413101,
              message: { mid: 'm_EXAMPLEag5L0zf3', text: 'Are the lemon tarts vegan?' },
            },
          ],
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
      sources: ['https://developers.facebook.com/docs/messenger-platform/webhook-reference'],
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
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/facebook-messenger-webhooks.mdx',
      ],
    },
  },
});
