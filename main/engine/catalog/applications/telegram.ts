// What the catalog knows of Telegram bot. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const telegram = defineApplication({
  id: 'telegram',
  name: 'Telegram bot',
  category: 'Communication',
  aliases: ['chat', 'bot', 'messages'],
  icon: {
    slug: 'telegram',
    color: '#26a5e4',
  },
  docsUrl: 'https://core.telegram.org/bots/api#setwebhook',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Telegram has no form for webhooks; its Bot API sets them.',
    },
    {
      text: 'Call setWebhook of the Bot API with the token of your bot. Give the webhook URL as url.',
      pastesUrl: true,
    },
    {
      text: 'Give a text of your own as secret_token. Telegram sends it with every call.',
    },
    {
      text: 'Write to the bot to make the first call.',
    },
  ],
  signature: {
    scheme: 'token',
    header: 'X-Telegram-Bot-Api-Secret-Token',
    text: 'The secret token that you chose, in a header.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'message',
    },
    {
      name: 'edited_message',
    },
    {
      name: 'callback_query',
    },
  ],
  deliveryId: {
    path: 'update_id',
  },
  mapping: {
    id: 'update_id',
    title: 'message.text',
    note: 'For messages. The key beside update_id tells what kind of update it is.',
  },
  sample: {
    event: 'message',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      update_id: 728374651,
      message: {
        message_id: 1365,
        from: {
          id: 1111111,
          is_bot: false,
          first_name: 'Diego',
          username: 'diego_example',
          language_code: 'es',
        },
        chat: { id: 1111111, first_name: 'Diego', type: 'private' },
        date: 1773480413,
        text: 'Two baguettes for tomorrow, please',
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'token',
      header: 'X-Telegram-Bot-Api-Secret-Token',
    },
  ],
  secretHint: 'The secret_token that you gave to setWebhook.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/telegram.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave3.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/telegram.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/telegram.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/telegram.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/telegram.ts',
      ],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
