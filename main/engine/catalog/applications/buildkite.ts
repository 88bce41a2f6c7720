// What the catalog knows of Buildkite. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const buildkite = defineApplication({
  id: 'buildkite',
  name: 'Buildkite',
  category: 'Deployment',
  aliases: ['ci', 'continuous integration', 'builds', 'pipelines'],
  icon: {
    slug: 'buildkite',
    color: '#14cc80',
  },
  docsUrl: 'https://buildkite.com/docs/apis/webhooks/pipelines',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the settings of your organization and add a webhook notification service.',
      menu: ['Settings', 'Notification Services', 'Webhook', 'Add'],
    },
    {
      text: 'Paste the webhook URL into Webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Copy the token, and choose whether it is sent as it is or used to sign.',
    },
    {
      text: 'Tick the events, such as build.finished, and save. Buildkite sends a ping.',
    },
    {
      text: 'Run a build to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'signedPing',
    text: 'After saving, Buildkite sends a ping event.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'token',
    header: 'X-Buildkite-Token',
    text: 'The token in a header, or HMAC-SHA256 as timestamp=…,signature=… in X-Buildkite-Signature.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'build.scheduled',
    },
    {
      name: 'build.running',
    },
    {
      name: 'build.finished',
    },
  ],
  eventType: {
    header: 'X-Buildkite-Event',
    path: 'event',
  },
  mapping: {
    id: 'build.id',
    title: 'build.message',
    note: 'The id is certain; the title is the message of the build where it has one.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'build.finished',
    contentType: 'application/json',
    headers: {
      'X-Buildkite-Event': 'build.finished',
    },
    body: JSON.stringify({
      event: 'build.finished',
      build: {
        id: '018e3d6b-1f4a-4c27-9b8e-5a7d0c3f2e61',
        number: 412,
        state: 'passed',
        message: 'Print the batch number on every label',
        commit: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
        branch: 'main',
        web_url: 'https://buildkite.com/northwind/labels/builds/412',
      },
      pipeline: { id: '849411f9-9e6d-4739-a0d8-e247088e9b52', slug: 'labels', name: 'Labels' },
      sender: { id: 'c2e7a915', name: 'Amara Okafor' },
    }),
  },
  handshake: {
    kind: 'signedPing',
    header: {
      name: 'X-Buildkite-Event',
      value: 'ping',
    },
  },
  signatureSchemes: [
    {
      kind: 'token',
      header: 'X-Buildkite-Token',
    },
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Buildkite-Signature',
      fields: {
        separator: ',',
        signatures: ['signature'],
      },
      content: '{timestamp}.{body}',
      timestamp: {
        in: 'field',
        field: 'timestamp',
        unit: 's',
      },
    },
  ],
  secretHint: 'The token of the notification service.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://github.com/buildkite/docs/blob/main/pages/apis/webhooks/pipelines.md'],
    },
    urlCheck: {
      level: 'official',
      sources: ['https://github.com/buildkite/docs/blob/main/pages/apis/webhooks/pipelines.md'],
    },
    signature: {
      level: 'official',
      sources: ['https://github.com/buildkite/docs/blob/main/pages/apis/webhooks/_webhook_signature.md'],
    },
    eventType: {
      level: 'official',
      sources: ['https://github.com/buildkite/docs/blob/main/pages/apis/webhooks/pipelines.md'],
    },
    item: {
      level: 'official',
      sources: ['https://github.com/buildkite/docs/blob/main/pages/apis/webhooks/pipelines/build_events.md'],
    },
    settings: {
      level: 'official',
      sources: ['https://github.com/buildkite/docs/blob/main/pages/apis/webhooks/pipelines.md'],
    },
  },
});
