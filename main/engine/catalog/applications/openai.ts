// What the catalog knows of OpenAI. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const openai = defineApplication({
  id: 'openai',
  name: 'OpenAI',
  category: 'Artificial intelligence',
  aliases: ['ai', 'chatgpt', 'batch', 'responses'],
  icon: {
    color: '#10a37f',
  },
  docsUrl: 'https://platform.openai.com/docs/guides/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the webhook settings of your OpenAI project and create an endpoint.',
    },
    {
      text: 'Paste the webhook URL as the URL of the endpoint.',
      pastesUrl: true,
    },
    {
      text: 'Choose the events, such as response.completed, and copy the signing secret.',
    },
    {
      text: 'Start a background response or a batch to make the first call.',
    },
  ],
  signature: {
    scheme: 'standardWebhooks',
    header: 'webhook-signature',
    text: 'HMAC-SHA256 over id, time and raw body, in base64 after v1,.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 20000,
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'response.completed',
    },
    {
      name: 'batch.completed',
    },
    {
      name: 'fine_tuning.job.succeeded',
    },
  ],
  eventType: {
    path: 'type',
  },
  deliveryId: {
    header: 'webhook-id',
  },
  mapping: {
    id: 'data.id',
    title: 'type',
    note: 'OpenAI sends ids only. The result must be fetched with the API.',
  },
  sample: {
    event: 'response.completed',
    contentType: 'application/json',
    headers: {
      'webhook-id': 'wh_example685342e6c53c8190a1be43f081506c52',
      'webhook-timestamp': '1773480413',
    },
    body: JSON.stringify({
      object: 'event',
      id: 'evt_example685343a1381c819085d44c354e1b330e',
      type: 'response.completed',
      created_at: 1773480413,
      data: { id: 'resp_example6853' },
    }),
  },
  signatureSchemes: [
    {
      kind: 'standardWebhooks',
      headerPrefix: 'webhook',
    },
  ],
  secretHint: 'The signing secret that starts with whsec_.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/openai.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/openai-webhooks/references/verification.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/openai.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/openai-webhooks/references/verification.md',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/openai-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/openai.ts',
      ],
    },
  },
});
