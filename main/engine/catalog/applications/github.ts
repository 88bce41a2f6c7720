// What the catalog knows of GitHub. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const github = defineApplication({
  id: 'github',
  name: 'GitHub',
  category: 'Source control',
  aliases: ['git', 'pull request', 'repository'],
  icon: { slug: 'github', color: '#181717' },
  docsUrl: 'https://docs.github.com/en/webhooks',
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  steps: [
    {
      text: 'Open the settings of the repository or organization, then Webhooks.',
      menu: ['Settings', 'Webhooks', 'Add webhook'],
    },
    { text: 'Paste the webhook URL into Payload URL.', pastesUrl: true },
    { text: 'Set the content type to application/json.' },
    {
      text: 'Type a long random text into Secret, and set the same here, under Verification. GitHub signs its calls only when there is one.',
    },
    {
      text: 'Choose Let me select individual events and tick one kind, such as Pull requests. Each kind has its own fields.',
    },
    { text: 'Add the webhook. GitHub sends a ping at once.' },
    { text: 'Open a pull request to make the first call.' },
  ],
  urlCheck: {
    kind: 'signedPing',
    text: 'After saving, GitHub sends a signed ping. The webhook is kept even where the ping fails.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Hub-Signature-256',
    text: 'HMAC-SHA256 of the raw body in hex after sha256=, when a secret is set.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 10_000, certainty: 'confirmed' },
  retries: {
    text: 'GitHub never tries again by itself. Redeliver by hand or through its API.',
    certainty: 'confirmed',
    schedule: [],
    forMs: 0,
  },
  events: [
    { name: 'pull_request', mapping: { id: 'pull_request.id', title: 'pull_request.title' } },
    {
      name: 'issues',
      mapping: { id: 'issue.id', title: 'issue.title', certainty: 'unconfirmed' },
    },
    { name: 'issue_comment', mapping: { id: 'comment.id', title: 'issue.title' } },
    { name: 'push', mapping: { id: 'after', title: 'head_commit.message' } },
    { name: 'release', mapping: { id: 'release.id', title: 'release.name' } },
  ],
  eventType: { header: 'X-GitHub-Event' },
  deliveryId: { header: 'X-GitHub-Delivery' },
  mapping: {
    id: 'pull_request.id',
    title: 'pull_request.title',
    note: 'For pull requests. Every other call has repository.id and repository.full_name.',
  },
  sample: {
    event: 'pull_request',
    contentType: 'application/json',
    headers: {
      'User-Agent': 'GitHub-Hookshot/7c2e9f1',
      'X-GitHub-Event': 'pull_request',
      'X-GitHub-Delivery': '5d1f6c1e-8a4b-11f0-9c3e-4f2b7a6d8e90',
      'X-GitHub-Hook-ID': '482913377',
    },
    body: JSON.stringify({
      action: 'opened',
      number: 214,
      pull_request: {
        id: 1927364501,
        node_id: 'PR_kwDOExample5y4Zd1V',
        number: 214,
        state: 'open',
        locked: false,
        title: 'Show delivery times in the timezone of the customer',
        body: 'Closes #198. Times were shown in UTC.',
        html_url: 'https://github.com/northwind-bakery/orders/pull/214',
        user: { login: 'tomasz-lis', id: 5820011, type: 'User' },
        labels: [{ id: 611, name: 'bug', color: 'd73a4a' }],
        draft: false,
        created_at: '2026-03-14T09:26:53Z',
        updated_at: '2026-03-14T09:26:53Z',
        head: { ref: 'fix/timezone', sha: '0b7d1f6d2c5e4a398f0c61b2a4d5e6f708192a3b' },
        base: { ref: 'main', sha: '9fceb02d0ae598e95dc970b74767f19372d61af8' },
        additions: 41,
        deletions: 12,
        changed_files: 3,
      },
      repository: {
        id: 730184522,
        name: 'orders',
        full_name: 'northwind-bakery/orders',
        private: true,
        owner: { login: 'northwind-bakery', id: 9120447, type: 'Organization' },
        default_branch: 'main',
      },
      sender: { login: 'tomasz-lis', id: 5820011, type: 'User' },
    }),
  },
  handshake: { kind: 'signedPing', header: { name: 'X-GitHub-Event', value: 'ping' } },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Hub-Signature-256',
      prefix: 'sha256=',
      content: '{body}',
    },
  ],
  secretHint: 'The text that you typed into Secret.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/github-webhooks/references/setup.md',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/github-webhooks.mdx',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/github-webhooks/references/verification.md',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/github',
        'https://github.com/frain-dev/convoy/blob/main/pkg/verifier/verifier.go',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/github'],
    },
    deliveryId: {
      level: 'official',
      sources: [
        'https://github.com/github/docs/blob/main/content/webhooks/using-webhooks/best-practices-for-using-webhooks.md',
      ],
    },
    response: {
      level: 'official',
      sources: [
        'https://github.com/github/docs/blob/main/content/webhooks/using-webhooks/best-practices-for-using-webhooks.md',
        'https://github.com/github/docs/blob/main/content/webhooks/using-webhooks/handling-failed-webhook-deliveries.md',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/github'],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/github-webhooks.mdx',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/github-webhooks/references/setup.md',
      ],
    },
  },
});
