// What the catalog knows of DocuSign Connect. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const docusign = defineApplication({
  id: 'docusign',
  name: 'DocuSign Connect',
  category: 'E-signature',
  aliases: ['contracts', 'envelopes', 'signing', 'docu sign'],
  icon: {
    color: '#4c00ff',
  },
  docsUrl: 'https://developers.docusign.com/platform/webhooks/connect/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the integration settings and add a custom configuration for Connect.',
      menu: ['Settings', 'Integrations', 'Connect', 'Add Configuration', 'Custom'],
    },
    {
      text: 'Paste the webhook URL into URL to Publish.',
      pastesUrl: true,
    },
    {
      text: 'Choose the JSON format and the envelope events, such as completed.',
    },
    {
      text: 'Add an HMAC key under Connect keys where you want signed calls.',
    },
    {
      text: 'Send an envelope to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-DocuSign-Signature-1',
    text: 'HMAC-SHA256 of the raw body in base64. Each further key has a header of its own.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'envelope-sent',
    },
    {
      name: 'envelope-completed',
    },
    {
      name: 'envelope-declined',
    },
  ],
  eventType: {
    path: 'event',
  },
  mapping: {
    id: 'data.envelopeId',
    title: 'data.envelopeSummary.emailSubject',
    note: 'The title needs envelopeSummary in the payload.',
  },
  sample: {
    event: 'envelope-completed',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      event: 'envelope-completed',
      apiVersion: 'v2.1',
      uri: '/restapi/v2.1/accounts/EXAMPLE/envelopes/4b728be4',
      retryCount: 0,
      generatedDateTime: '2026-03-14T09:26:53.0172Z',
      data: {
        accountId: '0a1b2c3d-0000-4000-8000-000000000001',
        userId: '0a1b2c3d-0000-4000-8000-000000000002',
        envelopeId: '4b728be4-2a0f-4c31-9d77-6c1e5f0a8b29',
        envelopeSummary: {
          status: 'completed',
          emailSubject: 'Please sign: supply contract 2026',
          sender: { userName: 'Ravi Shah', email: 'ravi.shah@example.com' },
        },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-DocuSign-Signature-1',
      otherHeaders: ['X-DocuSign-Signature-2'],
      content: '{body}',
    },
  ],
  secretHint: 'An HMAC key of Connect.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/docusign.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/docusign.ts',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/docusign.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/docusign.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/docusign-webhooks.mdx'],
    },
  },
});
