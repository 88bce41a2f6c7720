// What the catalog knows of Jira. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const jira = defineApplication({
  id: 'jira',
  name: 'Jira',
  category: 'Project management',
  aliases: ['atlassian', 'issues', 'tickets', 'Jira Cloud'],
  icon: { slug: 'jira', color: '#0052cc' },
  docsUrl: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'As an administrator, open the system settings behind the gear and create a webhook.',
      menu: ['Settings (gear)', 'System', 'Advanced', 'WebHooks', 'Create a WebHook'],
    },
    { text: 'Give it a name and paste the webhook URL into URL.', pastesUrl: true },
    { text: 'Type a secret where you want signed calls.' },
    { text: 'Tick the events that you need, such as created and updated under Issue.' },
    { text: 'A JQL filter can limit the calls to one project.' },
    { text: 'Create the webhook, then edit an issue to make the first call.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-Hub-Signature',
    text: 'HMAC-SHA256 of the raw body in hex after sha256=, when a secret is set.',
    certainty: 'confirmed',
  },
  events: [{ name: 'jira:issue_created' }, { name: 'jira:issue_updated' }, { name: 'comment_created' }],
  eventType: { path: 'webhookEvent' },
  deliveryId: { header: 'X-Atlassian-Webhook-Identifier' },
  mapping: {
    id: 'issue.key',
    title: 'issue.fields.summary',
    note: 'The key changes when an issue moves to another project; issue.id does not.',
  },
  sample: {
    event: 'jira:issue_created',
    contentType: 'application/json',
    headers: {
      'User-Agent': 'Atlassian Webhook HTTP Client',
      'X-Atlassian-Webhook-Identifier': '7c1e9d3a5b8f4026',
    },
    body: JSON.stringify({
      timestamp: 1773480413120,
      webhookEvent: 'jira:issue_created',
      issue_event_type_name: 'issue_created',
      user: {
        self: 'https://northwind-bakery.atlassian.example.com/rest/api/2/user?accountId=5b10ac8d82e05b22cc7d4ef5',
        accountId: '5b10ac8d82e05b22cc7d4ef5',
        displayName: 'Priya Nair',
        active: true,
      },
      issue: {
        id: '10427',
        self: 'https://northwind-bakery.atlassian.example.com/rest/api/2/10427',
        key: 'SHOP-318',
        fields: {
          summary: 'Receipt shows the wrong VAT rate for take-away',
          issuetype: { id: '10004', name: 'Bug', subtask: false },
          project: { id: '10002', key: 'SHOP', name: 'Shop system' },
          priority: { id: '2', name: 'High' },
          status: { id: '10000', name: 'To Do' },
          labels: ['till', 'tax'],
          reporter: { accountId: '5b10ac8d82e05b22cc7d4ef5', displayName: 'Priya Nair' },
          assignee: null,
          created: '2026-03-14T10:26:53.058+0100',
          updated: '2026-03-14T10:26:53.058+0100',
          description: 'Take-away drinks are printed with 7 % instead of 19 %.',
        },
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
  secretHint: 'The secret that you typed when you created the webhook.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/jira-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'code',
      sources: [
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/jira-webhook-routing.ts',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/jira.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/jira-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'code',
      sources: [
        'https://mrrefactoring.github.io/jira.js/api/interfaces/webhooks.WebhookHeaders.html',
        'https://mrrefactoring.github.io/jira.js/interfaces/Version2Models.FailedWebhook.html',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/jira-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/jira.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/jira-webhooks.mdx'],
    },
  },
});
