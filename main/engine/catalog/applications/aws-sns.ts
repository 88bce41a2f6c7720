// What the catalog knows of Amazon SNS. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const awsSns = defineApplication({
  id: 'aws-sns',
  name: 'Amazon SNS',
  category: 'Infrastructure',
  aliases: ['aws', 'notifications', 'simple notification service', 'topics'],
  icon: {
    color: '#ff9900',
  },
  docsUrl: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
  contentTypes: ['text/plain; charset=UTF-8'],
  steps: [
    {
      text: 'Open the subscriptions in the SNS console and create one with the protocol HTTPS.',
      menu: ['Subscriptions', 'Create subscription'],
    },
    {
      text: 'Paste the webhook URL as the endpoint.',
      pastesUrl: true,
    },
    {
      text: 'SNS posts a link for confirmation. Open the SubscribeURL of that call, as shown here.',
    },
    {
      text: 'Publish a message to the topic to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'linkToVisit',
    text: 'SNS posts a link, SubscribeURL, that somebody must open before messages arrive.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'notCheckable',
    text: 'RSA inside the body, with a certificate that each call names. Hookbench does not check it.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'Notification',
    },
  ],
  mapping: {
    id: 'MessageId',
    title: 'Subject',
    note: 'Message is a text and can hold JSON of its own. Subject may be absent.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'Notification',
    contentType: 'text/plain; charset=UTF-8',
    headers: {
      'x-amz-sns-message-type': 'Notification',
    },
    body: JSON.stringify({
      Type: 'Notification',
      MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:cold-chain',
      Subject: 'Cold room 2 is too warm',
      Message: '{"room":2,"celsius":8.4}',
      Timestamp: '2026-03-14T09:26:53.220Z',
      SignatureVersion: '1',
      Signature: 'EXAMPLE',
      SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/example.pem',
    }),
  },
  handshake: {
    kind: 'linkToVisit',
    match: {
      Type: 'SubscriptionConfirmation',
    },
    path: 'SubscribeURL',
    hostSuffix: '.amazonaws.com',
  },
  signatureSchemes: [
    {
      kind: 'notCheckable',
      reason: 'SNS signs with a certificate that has to be fetched; Hookbench does not check it.',
    },
  ],
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/amazon-sns-webhooks.mdx',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/amazon-sns-webhooks.mdx',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    deliveryId: {
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
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/amazon-sns-webhooks.mdx',
      ],
    },
  },
});
