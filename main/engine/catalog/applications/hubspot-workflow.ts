// What the catalog knows of HubSpot workflow. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const hubspotWorkflow = defineApplication({
  id: 'hubspot-workflow',
  name: 'HubSpot workflow',
  category: 'Customer relations',
  aliases: ['crm', 'send a webhook', 'automation', 'deals'],
  icon: {
    slug: 'hubspot',
    color: '#ff7a59',
  },
  docsUrl: 'https://developers.hubspot.com/docs/methods/workflows/webhook_information',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'In HubSpot, create a workflow or open one, and choose the plus sign.',
      menu: ['Automation', 'Workflows', 'Create workflow'],
    },
    {
      text: 'Add the action Send a webhook with the method POST. Paste the webhook URL into Webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Turn the workflow on and enrol one record to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-HubSpot-Signature-v3',
    text: 'HMAC-SHA256 over method, full URL, raw body and time, in base64. The public address is part of it.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 30000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'Not tried again after most 4xx answers.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'contact',
      mapping: {
        id: 'vid',
        title: 'properties.email.value',
      },
    },
    {
      name: 'deal',
      mapping: {
        id: 'objectId',
        title: 'properties.dealname.value',
      },
    },
  ],
  mapping: {
    id: 'vid',
    title: 'properties.email.value',
    note: 'For contacts. Deals have objectId and properties.dealname.value.',
  },
  sample: {
    event: 'contact',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      vid: 50417,
      'canonical-vid': 50417,
      'portal-id': 33440012,
      'is-contact': true,
      properties: {
        email: { value: 'sofia.lind@example.com' },
        firstname: { value: 'Sofia' },
        lastname: { value: 'Lind' },
        lifecyclestage: { value: 'lead' },
      },
      'associated-company': null,
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-HubSpot-Signature-v3',
      content: '{method}{url}{body}{timestamp}',
      timestamp: {
        in: 'header',
        header: 'X-HubSpot-Request-Timestamp',
        unit: 'ms',
      },
    },
  ],
  secretHint: 'The client secret of the app that signs for your account.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/hubspot'],
    },
    signature: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/hubspot'],
    },
    response: {
      level: 'official',
      sources: ['https://developers.HubSpot.com/docs/methods/workflows/webhook_information'],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/hubspot'],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/hubspot-webhooks.mdx'],
    },
  },
});
