// What the catalog knows of GitLab. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const gitlab = defineApplication({
  id: 'gitlab',
  name: 'GitLab',
  category: 'Source control',
  aliases: ['git', 'merge request', 'repository'],
  icon: { slug: 'gitlab', color: '#fc6d26' },
  docsUrl: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the project and its webhook settings, then add a webhook.',
      menu: ['Settings', 'Webhooks', 'Add webhook'],
    },
    { text: 'Paste the webhook URL into URL.', pastesUrl: true },
    { text: 'Type a long random text into Secret token. GitLab sends it with every call.' },
    { text: 'Tick one trigger, such as Merge request events. Pushes have other fields than issues.' },
    { text: 'Save the webhook, then choose Test beside it to make the first call.' },
  ],
  signature: {
    scheme: 'token',
    header: 'X-Gitlab-Token',
    text: 'The secret token in a header; with a signing token, Standard Webhooks signatures instead.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 10_000, certainty: 'confirmed' },
  retries: {
    text: 'Four failures in a row switch the webhook off: after 5xx for a while, after 4xx until you enable it again.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'Merge Request Hook',
      mapping: { id: 'object_attributes.id', title: 'object_attributes.title' },
    },
    { name: 'Issue Hook', mapping: { id: 'object_attributes.id', title: 'object_attributes.title' } },
    { name: 'Push Hook', mapping: { id: 'checkout_sha', title: 'ref' } },
  ],
  eventType: { header: 'X-Gitlab-Event', path: 'object_kind' },
  deliveryId: { header: 'X-Gitlab-Event-UUID' },
  mapping: {
    id: 'object_attributes.id',
    title: 'object_attributes.title',
    note: 'For issues and merge requests. A push has checkout_sha and ref.',
  },
  sample: {
    event: 'Merge Request Hook',
    contentType: 'application/json',
    headers: {
      'User-Agent': 'GitLab/17.9.0',
      'X-Gitlab-Event': 'Merge Request Hook',
      'X-Gitlab-Event-UUID': '2c8f61d4-3b1a-4f0e-9d57-a6e0b1c92f73',
      'X-Gitlab-Instance': 'https://gitlab.example.com',
    },
    body: JSON.stringify({
      object_kind: 'merge_request',
      event_type: 'merge_request',
      user: { id: 417, name: 'Amara Okafor', username: 'amara.okafor', email: '[REDACTED]' },
      project: {
        id: 2203,
        name: 'Label Printer',
        path_with_namespace: 'warehouse/label-printer',
        web_url: 'https://gitlab.example.com/warehouse/label-printer',
        default_branch: 'main',
      },
      object_attributes: {
        id: 90417,
        iid: 57,
        title: 'Print the batch number on every label',
        description: 'Needed for recalls.',
        state: 'opened',
        action: 'open',
        source_branch: 'batch-number',
        target_branch: 'main',
        author_id: 417,
        created_at: '2026-03-14 09:26:53 UTC',
        updated_at: '2026-03-14 09:26:53 UTC',
        url: 'https://gitlab.example.com/warehouse/label-printer/-/merge_requests/57',
        last_commit: {
          id: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
          message: 'Print the batch number',
          author: { name: 'Amara Okafor', email: 'amara.okafor@example.com' },
        },
      },
      labels: [{ id: 12, title: 'feature', color: '#428bca' }],
      changes: {},
    }),
  },
  signatureSchemes: [
    { kind: 'token', header: 'X-Gitlab-Token' },
    { kind: 'standardWebhooks', headerPrefix: 'webhook' },
  ],
  secretHint: 'The secret token, or the signing token that starts with whsec_.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/gitlab'],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/gitlab-webhook-routing.ts',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/gitlab.ts',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/gitlab-webhooks/references/verification.md',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/gitlab'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/gitlab'],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/gitlab-webhooks/references/overview.md',
        'https://gitlab.com/gitlab-com/gl-infra/delivery/-/issues/19320',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/gitlab'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/gitlab-webhooks.mdx',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/gitlab-webhooks/references/setup.md',
      ],
    },
  },
});
