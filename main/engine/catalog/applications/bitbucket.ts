// What the catalog knows of Bitbucket Cloud. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const bitbucket = defineApplication({
  id: 'bitbucket',
  name: 'Bitbucket Cloud',
  category: 'Source control',
  aliases: ['git', 'atlassian', 'repository', 'pull request'],
  icon: {
    slug: 'bitbucket',
    color: '#0052cc',
  },
  docsUrl: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the repository and its settings, then add a webhook.',
      menu: ['Repository settings', 'Webhooks', 'Add webhook'],
    },
    {
      text: 'Type a title and paste the webhook URL into URL.',
      pastesUrl: true,
    },
    {
      text: 'Type a secret where you want signed calls.',
    },
    {
      text: 'Choose the triggers, such as Pull request created. The default is every push.',
    },
    {
      text: 'Save, then open a pull request to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Hub-Signature',
    text: 'HMAC-SHA256 of the raw body in hex after sha256=, when a secret is set.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'Payloads over 256 KB are dropped without a word.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'pullrequest:created',
      mapping: {
        id: 'pullrequest.id',
        title: 'pullrequest.title',
      },
    },
    {
      name: 'pullrequest:updated',
      mapping: {
        id: 'pullrequest.id',
        title: 'pullrequest.title',
      },
    },
    {
      name: 'repo:push',
      mapping: {
        id: 'repository.uuid',
        title: 'repository.full_name',
      },
    },
  ],
  eventType: {
    header: 'X-Event-Key',
  },
  deliveryId: {
    header: 'X-Request-UUID',
  },
  mapping: {
    id: 'pullrequest.id',
    title: 'pullrequest.title',
    note: 'For pull requests. Pushes have repository.uuid and repository.full_name.',
  },
  sample: {
    event: 'pullrequest:created',
    contentType: 'application/json',
    headers: {
      'X-Event-Key': 'pullrequest:created',
      'X-Request-UUID': '4f1c8a70-6d2e-4b95-8c3a-1e7d9f5b2a64',
      'X-Attempt-Number': '1',
    },
    body: JSON.stringify({
      repository: {
        uuid: '{2c7b1a90-4e58-4d3f-9a61-7f0c5e8d2b13}',
        full_name: 'northwind/recipes',
        name: 'recipes',
        is_private: true,
      },
      actor: { display_name: 'Emil Novak', account_id: '557058:example-01' },
      pullrequest: {
        id: 31,
        title: 'Scale recipes by oven size',
        state: 'OPEN',
        source: { branch: { name: 'scale-by-oven' } },
        destination: { branch: { name: 'main' } },
        created_on: '2026-03-14T09:26:53.021000+00:00',
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Hub-Signature',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The secret that you typed for the webhook.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bitbucket'],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bitbucket'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bitbucket'],
    },
    response: {
      level: 'official',
      sources: ['https://jira.atlassian.com/browse/BCLOUD-22312'],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/bitbucket'],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/bitbucket-webhooks.mdx'],
    },
  },
});
