// What the catalog knows of Typeform. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const typeform = defineApplication({
  id: 'typeform',
  name: 'Typeform',
  category: 'Forms',
  aliases: ['form', 'survey', 'questionnaire'],
  icon: { slug: 'typeform', color: '#262627' },
  docsUrl: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the form, choose Connect, and add a webhook.',
      menu: ['Connect', 'Webhooks', 'Add a webhook'],
    },
    { text: 'Paste the webhook URL into Endpoint and save.', pastesUrl: true },
    { text: 'Switch the webhook on. Typeform creates it switched off.' },
    { text: 'Choose Edit and add a secret where you want signed calls.' },
    { text: 'Fill in the form once to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Typeform-Signature',
    text: 'HMAC-SHA256 of the raw body in base64 after sha256=, when a secret is set.',
    certainty: 'confirmed',
  },
  events: [{ name: 'form_response' }],
  eventType: { path: 'event_type' },
  deliveryId: { path: 'event_id' },
  mapping: {
    id: 'form_response.token',
    title: 'form_response.definition.title',
    note: 'The title is the name of the form. An answer, such as form_response.answers[0].text, says more.',
  },
  sample: {
    event: 'form_response',
    contentType: 'application/json',
    headers: { 'User-Agent': 'Typeform Webhooks' },
    body: JSON.stringify({
      event_id: '01JPB4EXAMPLE7Q2V9XH3M',
      event_type: 'form_response',
      form_response: {
        form_id: 'wX3mPlE1',
        token: 'k7d0examp1e9z2qf4h8r',
        landed_at: '2026-03-14T09:24:10Z',
        submitted_at: '2026-03-14T09:26:53Z',
        hidden: { campaign: 'spring-menu' },
        definition: {
          id: 'wX3mPlE1',
          title: 'Cake order',
          fields: [
            { id: 'DlXFaesGBpoF', ref: 'name', type: 'short_text', title: 'What is your name?' },
            { id: 'SMEUb7VJz92Q', ref: 'email', type: 'email', title: 'Where can we reach you?' },
            { id: 'JwWggjAKtOkA', ref: 'cake', type: 'multiple_choice', title: 'Which cake?' },
            { id: 'KoJxDM3c6x8h', ref: 'portions', type: 'number', title: 'For how many people?' },
          ],
        },
        answers: [
          {
            type: 'text',
            text: 'Mateo Ruiz',
            field: { id: 'DlXFaesGBpoF', type: 'short_text', ref: 'name' },
          },
          {
            type: 'email',
            email: 'mateo.ruiz@example.com',
            field: { id: 'SMEUb7VJz92Q', type: 'email', ref: 'email' },
          },
          {
            type: 'choice',
            choice: { label: 'Lemon' },
            field: { id: 'JwWggjAKtOkA', type: 'multiple_choice', ref: 'cake' },
          },
          { type: 'number', number: 12, field: { id: 'KoJxDM3c6x8h', type: 'number', ref: 'portions' } },
        ],
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'Typeform-Signature',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The secret that you typed under Edit.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/typeform.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://www.skills.sh/hookdeck/webhook-skills/typeform-webhooks',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/typeform.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/typeform.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/typeform.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/typeform.ts',
        'https://actionsflow.github.io/docs/triggers/typeform',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/typeform-webhooks.mdx',
        'https://trigger.dev/docs/webhooks/providers/typeform',
      ],
    },
  },
});
