// What the catalog knows of Auth0. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const auth0 = defineApplication({
  id: 'auth0',
  name: 'Auth0',
  category: 'Identity',
  aliases: ['users', 'login', 'log stream', 'okta'],
  icon: {
    slug: 'auth0',
    color: '#eb5424',
  },
  docsUrl: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the streams under Monitoring and create a custom webhook. The menu may be named otherwise.',
      menu: ['Monitoring', 'Streams', 'Create Stream', 'Custom Webhook'],
      certainty: 'unconfirmed',
    },
    {
      text: 'Paste the webhook URL as the payload URL.',
      pastesUrl: true,
    },
    {
      text: 'Type Bearer and a long random text as the authorization token.',
    },
    {
      text: 'Choose the JSON array as content format and save.',
    },
    {
      text: 'Log in once to make the first call.',
    },
  ],
  signature: {
    scheme: 'token',
    header: 'Authorization',
    text: 'A bearer token that you chose, in the Authorization header.',
    certainty: 'confirmed',
  },
  events: [],
  eventType: { path: '[*].data.type' },
  mapping: {
    split: '$[*]',
    id: 'log_id',
    title: 'data.user_name',
    note: 'Where no user is named, data.type tells what happened.',
  },
  sample: {
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify([
      {
        log_id: '90020260314092653220example001',
        data: {
          date: '2026-03-14T09:26:53.220Z',
          type: 's',
          description: 'Successful login',
          connection: 'Username-Password-Authentication',
          client_name: 'Order page',
          ip: '203.0.113.24',
          user_id: 'auth0|example01',
          user_name: 'mei.lin@example.com',
        },
      },
      {
        log_id: '90020260314092654105example002',
        data: {
          date: '2026-03-14T09:26:54.105Z',
          type: 'fp',
          description: 'Wrong password',
          ip: '203.0.113.61',
          user_name: 'noor.devries@example.com',
        },
      },
    ]),
  },
  signatureSchemes: [
    {
      kind: 'token',
      header: 'Authorization',
      prefix: 'Bearer ',
    },
  ],
  secretHint: 'The text behind Bearer.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/auth0.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave3.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/auth0.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/auth0.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/auth0.ts',
      ],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
