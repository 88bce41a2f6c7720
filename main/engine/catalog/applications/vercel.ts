// What the catalog knows of Vercel. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const vercel = defineApplication({
  id: 'vercel',
  name: 'Vercel',
  category: 'Deployment',
  aliases: ['hosting', 'deployments', 'next.js'],
  icon: {
    slug: 'vercel',
    color: '#000000',
  },
  docsUrl: 'https://vercel.com/docs/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the settings of the team and create a webhook. This needs the Pro or Enterprise plan.',
      menu: ['Settings', 'Webhooks', 'Create Webhook'],
    },
    {
      text: 'Tick the events, such as deployment.succeeded, and choose the projects.',
    },
    {
      text: 'Paste the webhook URL as the endpoint and create the webhook.',
      pastesUrl: true,
    },
    {
      text: 'Copy the secret at once. It is shown only this time.',
    },
    {
      text: 'Deploy a project to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'x-vercel-signature',
    text: 'HMAC-SHA1 of the raw body in hex.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 30000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'With growing pauses for up to 24 hours.',
    certainty: 'confirmed',
    forMs: 86_400_000,
  },
  events: [
    {
      name: 'deployment.created',
    },
    {
      name: 'deployment.succeeded',
    },
    {
      name: 'deployment.error',
    },
  ],
  eventType: {
    path: 'type',
  },
  deliveryId: {
    path: 'id',
  },
  mapping: {
    id: 'payload.deployment.id',
    title: 'payload.deployment.name',
  },
  sample: {
    event: 'deployment.succeeded',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      id: 'evt_exampleQ7s2LmV',
      type: 'deployment.succeeded',
      createdAt: 1773480413220,
      region: 'fra1',
      payload: {
        team: { id: 'team_example1' },
        user: { id: 'usr_example2' },
        project: { id: 'prj_example3' },
        target: 'production',
        deployment: {
          id: 'dpl_example9ZkR',
          name: 'order-page',
          url: 'order-page-example.vercel.app',
          meta: { branch: 'main' },
        },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha1',
      encoding: 'hex',
      header: 'x-vercel-signature',
      content: '{body}',
    },
  ],
  secretHint: 'The secret that was shown once.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/vercel.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://trigger.dev/docs/webhooks/providers/vercel',
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/vercel-webhooks/references/verification.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/vercel.ts',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/vercel.ts',
      ],
    },
    response: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/vercel-webhooks/references/overview.md',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/vercel.ts',
      ],
    },
    settings: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/vercel-webhooks/references/setup.md',
        'https://trigger.dev/docs/webhooks/providers/vercel',
      ],
    },
  },
});
