// What the catalog knows of Slack (Events API). Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const slack = defineApplication({
  id: 'slack',
  name: 'Slack (Events API)',
  category: 'Communication',
  aliases: ['chat', 'slack events', 'messages', 'channel'],
  icon: { color: '#4a154b' },
  docsUrl: 'https://docs.slack.dev/apis/events-api/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open api.slack.com/apps, choose your app and enable events.',
      menu: ['Event Subscriptions', 'Enable Events'],
    },
    {
      text: 'Paste the webhook URL into Request URL. Slack sends a challenge at once; Hookbench answers it.',
      pastesUrl: true,
    },
    { text: 'Under Subscribe to bot events add the events that you need, such as message.channels.' },
    { text: 'Save the changes, then install the app into the workspace again when Slack asks for it.' },
    { text: 'Invite the bot to a channel and write a message to make the first call.' },
  ],
  urlCheck: {
    kind: 'echoJson',
    text: 'Slack posts a challenge in JSON and wants the same value back.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Slack-Signature',
    text: 'HMAC-SHA256 over v0, the time and the raw body, in hex after v0=.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 3_000, certainty: 'confirmed' },
  retries: {
    text: 'Three times: at once, after about a minute and after about five minutes.',
    certainty: 'confirmed',
    schedule: [0, 60_000, 300_000],
    forMs: 360_000,
  },
  events: [{ name: 'message' }, { name: 'app_mention' }, { name: 'reaction_added' }, { name: 'team_join' }],
  eventType: { path: 'event.type' },
  deliveryId: { path: 'event_id' },
  mapping: {
    id: 'event_id',
    title: 'event.text',
    note: 'Only messages carry a text; other events need another title.',
  },
  sample: {
    event: 'message',
    contentType: 'application/json',
    headers: { 'User-Agent': 'Slackbot 1.0 (+https://api.slack.com/robots)' },
    body: JSON.stringify({
      token: 'placeholder-verification-token',
      team_id: 'T0EXAMPLE1',
      api_app_id: 'A0EXAMPLE7',
      event: {
        type: 'message',
        channel: 'C0EXAMPLE3',
        user: 'U0EXAMPLE9',
        text: 'The oven in shop 2 is fixed, we can bake again.',
        ts: '1773480413.000200',
        event_ts: '1773480413.000200',
        channel_type: 'channel',
      },
      type: 'event_callback',
      event_id: 'Ev0EXAMPLE42',
      event_time: 1773480413,
      authorizations: [{ enterprise_id: null, team_id: 'T0EXAMPLE1', user_id: 'U0EXAMPLEB', is_bot: true }],
      is_ext_shared_channel: false,
    }),
  },
  handshake: { kind: 'echoJson', path: 'challenge', match: { type: 'url_verification' } },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Slack-Signature',
      prefix: 'v0=',
      content: 'v0:{timestamp}:{body}',
      timestamp: { in: 'header', header: 'X-Slack-Request-Timestamp', unit: 's' },
    },
  ],
  secretHint: 'The signing secret on the Basic Information page of the app.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/slack-webhooks/references/overview.md',
      ],
    },
    urlCheck: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/slack-webhooks/references/overview.md',
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/slack-webhook-routing.ts',
        'https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/slack-webhooks.mdx',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes.md',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/slack-webhooks/references/overview.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/slack-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/slack.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/slack-webhooks/references/overview.md',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/slack-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/slack.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/slack-webhooks.mdx'],
    },
  },
});
