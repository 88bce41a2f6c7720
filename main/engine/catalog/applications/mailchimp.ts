// What the catalog knows of Mailchimp. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const mailchimp = defineApplication({
  id: 'mailchimp',
  name: 'Mailchimp',
  category: 'Marketing',
  aliases: ['newsletter', 'audience', 'mailing list', 'Intuit Mailchimp'],
  icon: { slug: 'mailchimp', color: '#ffe01b' },
  docsUrl: 'https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/',
  contentTypes: ['application/x-www-form-urlencoded'],
  steps: [
    {
      text: 'In Mailchimp, open the webhook settings of the audience that you want to connect.',
      menu: ['Audience', 'Audience dashboard', 'Manage Audience', 'Settings', 'Webhooks'],
    },
    { text: 'Choose Create New Webhook.', menu: ['Create New Webhook'] },
    { text: 'Paste the webhook URL into Callback URL.', pastesUrl: true },
    {
      text: 'Tick the changes that you want to receive: subscribes, unsubscribes, profile updates, e-mail changes, cleaned addresses or campaigns.',
    },
    { text: 'Save. Mailchimp calls the URL once to check it; Hookbench answers.' },
    { text: 'Add a contact to the audience to make the first call.' },
  ],
  urlCheck: {
    kind: 'get200',
    text: 'When you save, Mailchimp sends a GET and wants the answer 200.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'none',
    text: 'Mailchimp does not sign its calls. The unguessable part of the webhook URL protects them.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 10_000, certainty: 'confirmed' },
  events: [
    { name: 'subscribe' },
    { name: 'unsubscribe' },
    { name: 'profile' },
    { name: 'upemail', mapping: { id: 'data.new_id', title: 'data.new_email' } },
    { name: 'cleaned', mapping: { id: 'data.email', title: 'data.email' } },
    { name: 'campaign', mapping: { id: 'data.id', title: 'data.subject' } },
  ],
  eventType: { path: 'type' },
  mapping: {
    id: 'data.id',
    title: 'data.email',
    note: 'The id is the subscriber, the title is the e-mail address.',
  },
  sample: {
    event: 'subscribe',
    contentType: 'application/x-www-form-urlencoded',
    headers: {},
    body: new URLSearchParams({
      type: 'subscribe',
      fired_at: '2026-03-14 09:26:53',
      'data[id]': '8a25ff1d98',
      'data[list_id]': 'a6b5da1054',
      'data[email]': 'ines.moreau@example.com',
      'data[email_type]': 'html',
      'data[ip_opt]': '203.0.113.24',
      'data[web_id]': '31415926',
      'data[merges][EMAIL]': 'ines.moreau@example.com',
      'data[merges][FNAME]': 'Inès',
      'data[merges][LNAME]': 'Moreau',
      'data[merges][INTERESTS]': 'Gardening,Recipes',
    }).toString(),
  },
  handshake: { kind: 'get200' },
  signatureSchemes: [{ kind: 'none' }],
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/mailchimp-webhooks/references/overview.md',
        'https://docs.tealium.com/ja/server-side/data-sources/webhooks/mailchimp',
        'https://raw.githubusercontent.com/api-evangelist/mailchimp/refs/heads/main/openapi/mailchimp-marketing-webhooks-asyncapi.yml',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/mailchimp-webhooks/references/verification.md',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/mailchimp-webhooks.mdx',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/mailchimp-webhooks/references/verification.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/mailchimp-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/mailchimp-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/mailchimp-webhooks/references/overview.md',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/mailchimp-webhooks.mdx'],
    },
  },
});
