// What the catalog knows of Asana. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const asana = defineApplication({
  id: 'asana',
  name: 'Asana',
  category: 'Project management',
  aliases: ['tasks', 'projects'],
  icon: {
    slug: 'asana',
    color: '#f06a6a',
  },
  docsUrl: 'https://developers.asana.com/docs/webhooks-guide',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Asana has no form for webhooks; its API creates them.',
    },
    {
      text: 'Call POST /webhooks of the Asana API. Give the project as resource and the webhook URL as target.',
      pastesUrl: true,
    },
    {
      text: 'Asana checks the URL during that call; Hookbench answers and learns the secret.',
    },
    {
      text: 'Change a task of the project to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'echoHeader',
    text: 'While the webhook is created, Asana sends a secret in X-Hook-Secret and wants it back in the same header.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Hook-Signature',
    text: 'HMAC-SHA256 of the raw body in hex, with the secret of the first call.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 10000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'For up to 24 hours.',
    certainty: 'confirmed',
    forMs: 86_400_000,
  },
  events: [
    {
      name: 'added',
    },
    {
      name: 'changed',
    },
    {
      name: 'removed',
    },
  ],
  mapping: {
    split: 'events[*]',
    id: 'resource.gid',
    title: 'action',
    note: 'Asana sends ids only, no names. An empty list is a sign of life.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'changed',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      events: [
        {
          user: { gid: '12027810014', resource_type: 'user' },
          created_at: '2026-03-14T09:26:53.418Z',
          action: 'changed',
          resource: { gid: '1206733510482', resource_type: 'task', resource_subtype: 'default_task' },
          parent: null,
          change: { field: 'due_on', action: 'changed' },
        },
      ],
    }),
  },
  handshake: {
    kind: 'echoHeader',
    requestHeader: 'X-Hook-Secret',
    responseHeader: 'X-Hook-Secret',
    becomesSecret: true,
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'X-Hook-Signature',
      content: '{body}',
    },
  ],
  secretHint: 'Comes with the first call by itself.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    urlCheck: {
      level: 'official',
      sources: ['https://developers.asana.com/reference/createwebhook'],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    response: {
      level: 'official',
      sources: ['https://developers.asana.com/docs/webhook-limits'],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'official',
      sources: ['https://developers.asana.com/reference/createwebhook'],
    },
  },
});
