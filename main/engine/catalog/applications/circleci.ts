// What the catalog knows of CircleCI. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const circleci = defineApplication({
  id: 'circleci',
  name: 'CircleCI',
  category: 'Deployment',
  aliases: ['ci', 'continuous integration', 'workflows', 'circle'],
  icon: {
    slug: 'circleci',
    color: '#343434',
  },
  docsUrl: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the settings of the project and add a webhook.',
      menu: ['Projects', 'Project Settings', 'Webhooks', 'Add Webhook'],
    },
    {
      text: 'Type a name and paste the webhook URL into URL.',
      pastesUrl: true,
    },
    {
      text: 'Type a secret token where you want signed calls.',
    },
    {
      text: 'Tick Workflow Completed, Job Completed or both. A project can have five webhooks.',
    },
    {
      text: 'Choose Test Ping Event to make the first call.',
    },
  ],
  signature: {
    scheme: 'hmac',
    header: 'circleci-signature',
    text: 'HMAC-SHA256 of the raw body in hex after v1=, in a list, when a secret is set.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 10000,
    certainty: 'confirmed',
  },
  retries: {
    text: 'Failed calls are sent again later; the same call can arrive twice.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'workflow-completed',
    },
    {
      name: 'job-completed',
    },
  ],
  eventType: {
    header: 'circleci-event-type',
  },
  deliveryId: {
    path: 'id',
  },
  mapping: {
    id: 'workflow.id',
    title: 'workflow.name',
    note: 'project.name says which project it was.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'workflow-completed',
    contentType: 'application/json',
    headers: {
      'circleci-event-type': 'workflow-completed',
    },
    body: JSON.stringify({
      id: '3888f21b-eaa7-38e3-8f3d-75a63bba8895',
      type: 'workflow-completed',
      happened_at: '2026-03-14T09:26:53.317Z',
      webhook: { id: 'cf8c4fdd-0587-4da1-b4ca-4846e9640af9', name: 'Hookbench' },
      workflow: {
        id: 'fda08377-fe7e-46b1-8992-3a7aaecac9c3',
        name: 'build-and-bake',
        status: 'success',
        created_at: '2026-03-14T09:21:40.101Z',
        stopped_at: '2026-03-14T09:26:52.804Z',
      },
      pipeline: { id: '1285fe1d-d3a6-44fc-8886-8979558254c4', number: 130 },
      project: {
        id: '84996744-a854-4f5e-aea3-04e2851dc1d2',
        name: 'labels',
        slug: 'github/northwind/labels',
      },
      organization: { id: 'f22b6566-597d-46d5-ba74-99ef5bb3d85c', name: 'northwind' },
    }),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'hex',
      header: 'circleci-signature',
      prefix: 'v1=',
      listSeparator: ',',
      content: '{body}',
    },
  ],
  secretHint: 'The secret token of the webhook.',
  evidence: {
    content: {
      level: 'official',
      sources: [
        'https://github.com/circleci/circleci-docs/blob/main/docs/guides/modules/integration/pages/outbound-webhooks.adoc',
      ],
    },
    signature: {
      level: 'official',
      sources: [
        'https://github.com/circleci/circleci-docs/blob/main/docs/guides/modules/integration/pages/outbound-webhooks.adoc',
      ],
    },
    eventType: {
      level: 'official',
      sources: [
        'https://github.com/circleci/circleci-docs/blob/main/docs/guides/modules/integration/pages/outbound-webhooks.adoc',
      ],
    },
    deliveryId: {
      level: 'official',
      sources: [
        'https://github.com/circleci/circleci-docs/blob/main/docs/guides/modules/integration/pages/outbound-webhooks.adoc',
      ],
    },
    response: {
      level: 'official',
      sources: [
        'https://github.com/circleci/circleci-docs/blob/main/docs/guides/modules/integration/pages/outbound-webhooks.adoc',
      ],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'official',
      sources: [
        'https://github.com/circleci/circleci-docs/blob/main/docs/guides/modules/integration/pages/outbound-webhooks.adoc',
      ],
    },
  },
});
