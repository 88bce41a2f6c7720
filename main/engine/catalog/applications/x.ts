// What the catalog knows of X. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const x = defineApplication({
  id: 'x',
  name: 'X (Account Activity)',
  category: 'Communication',
  aliases: ['twitter', 'tweets', 'posts', 'direct messages', 'crc'],
  icon: { slug: 'x', color: '#000000' },
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Keep the consumer secret of your app at hand and set it here. The URL check is answered with it.',
    },
    { text: 'Register the webhook URL for your app.', pastesUrl: true },
    { text: 'Subscribe the accounts whose activity you want.' },
    { text: 'Write a post with one of them to make the first call.' },
  ],
  urlCheck: {
    kind: 'hashQuery',
    text: 'X asks with a token by GET, again from time to time, and wants its HMAC-SHA256 back, made with the consumer secret.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'x-twitter-webhooks-signature',
    text: 'HMAC-SHA256 over the raw body, in base64 after sha256=.',
    certainty: 'unconfirmed',
  },
  events: [],
  mapping: {
    id: 'id_str',
    title: 'text',
    split: '$.tweet_create_events[*]',
    note: 'Calls about other activity hold lists of other names. Map them by a look at a real call.',
    certainty: 'unconfirmed',
  },
  sample: {
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      for_user_id: '1000000000000000001',
      tweet_create_events: [
        {
          id_str: '1000000000000000042',
          created_at: 'Mon Mar 16 07:00:00 +0000 2026',
          text: 'Rye bread is out of the oven.',
          user: { id_str: '1000000000000000001', screen_name: 'northwindbakery' },
        },
      ],
    }),
  },
  handshake: {
    kind: 'hashQuery',
    parameter: 'crc_token',
    field: 'response_token',
    prefix: 'sha256=',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'x-twitter-webhooks-signature',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The consumer secret (API secret key) of your app.',
  evidence: {
    content: { level: 'unverified', sources: [] },
    urlCheck: {
      level: 'code',
      sources: ['https://github.com/frain-dev/convoy/blob/main/internal/pkg/crc/crc.go'],
    },
    signature: { level: 'unverified', sources: [] },
    item: { level: 'unverified', sources: [] },
    settings: { level: 'unverified', sources: [] },
  },
});
