// What the catalog knows of Okta. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const okta = defineApplication({
  id: 'okta',
  name: 'Okta',
  category: 'Identity',
  aliases: ['users', 'single sign-on', 'sso', 'login'],
  icon: {
    slug: 'okta',
    color: '#007dc1',
  },
  docsUrl: 'https://developer.okta.com/docs/concepts/event-hooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the workflow section of the admin console and create an event hook.',
      menu: ['Workflow', 'Event Hooks', 'Create Event Hook'],
    },
    {
      text: 'Type a name and paste the webhook URL into URL.',
      pastesUrl: true,
    },
    {
      text: 'Type Authorization as the authentication field and a long random text as its secret.',
    },
    {
      text: 'Choose the events, such as User created, save, and choose Verify. Hookbench answers the challenge.',
    },
    {
      text: 'Create a user to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'headerToJson',
    text: 'On Verify, Okta sends a GET with a challenge in a header and wants it back as JSON.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'token',
    header: 'Authorization',
    text: 'The secret that you chose, in the Authorization header.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 3000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'At most once more, and never after a 4xx.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'user.lifecycle.create',
    },
    {
      name: 'user.session.start',
    },
  ],
  eventType: {
    path: 'data.events[*].eventType',
  },
  deliveryId: {
    path: 'eventId',
  },
  mapping: {
    split: 'data.events[*]',
    id: 'uuid',
    title: 'displayMessage',
    note: 'The person stands in target and actor.',
  },
  sample: {
    event: 'user.lifecycle.create',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      eventType: 'com.okta.event_hook',
      eventTypeVersion: '1.0',
      cloudEventsVersion: '0.1',
      source: 'https://northwind.okta.example.com/api/v1/eventHooks/whoexample',
      eventId: 'b5a188b9-5ece-4636-b041-482ffda96311',
      eventTime: '2026-03-14T09:26:53.000Z',
      contentType: 'application/json',
      data: {
        events: [
          {
            uuid: 'a8b2c7d4-2f10-11f1-9d3c-6f1e8a5b4c20',
            published: '2026-03-14T09:26:52.811Z',
            eventType: 'user.lifecycle.create',
            version: '0',
            displayMessage: 'Create Okta user',
            severity: 'INFO',
            actor: {
              id: '00uexample1',
              type: 'User',
              alternateId: 'admin@example.com',
              displayName: 'Admin',
            },
            target: [
              { id: '00uexample2', type: 'User', alternateId: 'mei.lin@example.com', displayName: 'Mei Lin' },
            ],
          },
        ],
      },
    }),
  },
  handshake: {
    kind: 'headerToJson',
    header: 'X-Okta-Verification-Challenge',
    field: 'verification',
  },
  signatureSchemes: [
    {
      kind: 'token',
      header: 'Authorization',
    },
  ],
  secretHint: 'The authentication secret of the event hook.',
  evidence: {
    content: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    urlCheck: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    signature: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    eventType: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    deliveryId: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    response: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    item: {
      level: 'official',
      sources: [
        'https://github.com/okta/okta-developer-docs/blob/master/packages/@okta/vuepress-site/docs/concepts/event-hooks/index.md',
      ],
    },
    settings: {
      level: 'secondary',
      sources: ['https://github.com/ngrok/ngrok-docs/blob/main/integrations/webhooks/okta-webhooks.mdx'],
    },
  },
});
