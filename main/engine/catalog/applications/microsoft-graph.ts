// What the catalog knows of Microsoft Graph. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const microsoftGraph = defineApplication({
  id: 'microsoft-graph',
  name: 'Microsoft Graph',
  category: 'Communication',
  aliases: ['outlook', 'onedrive', 'office 365', 'microsoft 365', 'teams', 'change notifications'],
  icon: {
    color: '#0078d4',
  },
  docsUrl: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Microsoft Graph has no form for this; its API creates subscriptions.',
    },
    {
      text: 'Call POST /subscriptions. Give the webhook URL as notificationUrl, and the resource and change type that you need.',
      pastesUrl: true,
    },
    {
      text: 'Give a random text as clientState. Microsoft Graph repeats it in every notification.',
    },
    {
      text: 'The URL is checked during that call; Hookbench answers.',
    },
    {
      text: 'Change the resource, such as a mailbox, to make the first call. Subscriptions expire and must be renewed.',
    },
  ],
  urlCheck: {
    kind: 'validationToken',
    text: 'While the subscription is created, a POST brings validationToken in the query and wants it back as plain text.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'bodyToken',
    text: 'No signature; clientState in each notification repeats the text that you chose.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 10000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'For up to 4 hours. Endpoints that are often slow are slowed down or dropped.',
    certainty: 'confirmed',
    forMs: 14_400_000,
  },
  events: [
    {
      name: 'created',
    },
    {
      name: 'updated',
    },
    {
      name: 'deleted',
    },
  ],
  mapping: {
    split: 'value[*]',
    id: 'resourceData.id',
    title: 'resource',
    note: 'Microsoft Graph sends ids only; the record must be fetched with the API.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'created',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      value: [
        {
          subscriptionId: '76222963-cc7b-42d2-882d-8aaa69cb2ba3',
          subscriptionExpirationDateTime: '2026-03-17T09:26:53.000Z',
          changeType: 'created',
          clientState: '',
          resource: 'Users/b5f1e2c0/Messages/AAMkEXAMPLE0AAA=',
          resourceData: {
            '@odata.type': '#Microsoft.Graph.Message',
            '@odata.id': 'Users/b5f1e2c0/Messages/AAMkEXAMPLE0AAA=',
            id: 'AAMkEXAMPLE0AAA=',
          },
          tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
        },
      ],
    }),
  },
  handshake: {
    kind: 'validationToken',
    parameter: 'validationToken',
  },
  signatureSchemes: [
    {
      kind: 'bodyToken',
      listPath: 'value',
      property: 'clientState',
    },
  ],
  secretHint: 'The clientState that you gave.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://learn.microsoft.com/en-us/graph/api/resources/changenotificationcollection'],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://learn.microsoft.com/en-us/answers/questions/416427/subscription-validation-request-failed-notificatio.html',
        'https://docs.memberjunction.org/api/types/_memberjunction_ai-bridge-teams.GraphNotificationValidation.html',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
        'https://learn.microsoft.com/en-us/graph/api/resources/changenotificationcollection',
      ],
    },
    response: {
      level: 'official',
      sources: ['https://learn.microsoft.com/zh-cn/graph/change-notifications-delivery-webhooks'],
    },
    item: {
      level: 'official',
      sources: ['https://learn.microsoft.com/en-us/graph/api/resources/changenotificationcollection'],
    },
  },
});
