// What the catalog knows of Tally. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const tally = defineApplication({
  id: 'tally',
  name: 'Tally',
  category: 'Forms',
  aliases: ['form', 'survey'],
  icon: {
    color: '#ff4f9a',
  },
  docsUrl: 'https://tally.so/help/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the form and its integrations, and connect Webhooks. The menu may be named otherwise.',
      menu: ['Integrations', 'Webhooks'],
      certainty: 'unconfirmed',
    },
    {
      text: 'Paste the webhook URL as the endpoint.',
      pastesUrl: true,
    },
    {
      text: 'Add a signing secret where you want signed calls, and connect.',
    },
    {
      text: 'Fill in the form once to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'Tally-Signature',
    text: 'HMAC-SHA256 of the raw body in base64, when a secret is set.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'FORM_RESPONSE',
    },
  ],
  mapping: {
    id: 'data.responseId',
    title: 'data.formName',
    note: 'The title is the name of the form. The answers stand in data.fields.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'FORM_RESPONSE',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      eventId: 'a4cb511e-d513-4fa5-baee-b815d718dfd1',
      eventType: 'FORM_RESPONSE',
      createdAt: '2026-03-14T09:26:53.220Z',
      data: {
        responseId: '2wgx4nExample',
        submissionId: '2wgx4nExample',
        respondentId: 'dwQKYmExample',
        formId: 'VwbNEwExample',
        formName: 'Table reservation',
        createdAt: '2026-03-14T09:26:53.000Z',
        fields: [
          { key: 'question_mVGEg3', label: 'Your name', type: 'INPUT_TEXT', value: 'Aino Virtanen' },
          { key: 'question_nPpjVn', label: 'Guests', type: 'INPUT_NUMBER', value: 4 },
        ],
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'Tally-Signature',
      content: '{body}',
    },
  ],
  secretHint: 'The signing secret of the webhook.',
  evidence: {
    content: {
      level: 'unverified',
      sources: [],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
