// What the catalog knows of Pipedrive. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const pipedrive = defineApplication({
  id: 'pipedrive',
  name: 'Pipedrive',
  category: 'Customer relations',
  aliases: ['crm', 'deals', 'sales'],
  icon: {
    color: '#017737',
  },
  docsUrl: 'https://developers.pipedrive.com/docs/api/v1/Webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the settings of Pipedrive and create a webhook. The menu may be named otherwise.',
      menu: ['Settings', 'Tools and apps', 'Webhooks', 'Create new webhook'],
      certainty: 'unconfirmed',
    },
    {
      text: 'Choose the action and the object, such as updated and deal.',
    },
    {
      text: 'Paste the webhook URL as the endpoint URL.',
      pastesUrl: true,
    },
    {
      text: 'Type an HTTP user name and password where you want the calls to carry them.',
    },
    {
      text: 'Change a deal to make the first call.',
    },
  ],
  signature: {
    scheme: 'basic',
    header: 'Authorization',
    text: 'No signature; user name and password as HTTP Basic, when they are set.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'added.deal',
    },
    {
      name: 'updated.deal',
    },
    {
      name: 'updated.person',
    },
  ],
  eventType: {
    path: 'event',
  },
  mapping: {
    id: 'meta.id',
    title: 'current.title',
    note: 'For deals of version 1 webhooks. Newer versions may hold the record elsewhere.',
  },
  sample: {
    event: 'updated.deal',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      v: 1,
      matches_filters: { current: [] },
      meta: {
        v: 1,
        action: 'updated',
        object: 'deal',
        id: 1184,
        company_id: 9021177,
        user_id: 14880312,
        host: 'northwind.pipedrive.example.com',
        timestamp: 1773480413,
      },
      current: {
        id: 1184,
        title: 'Wedding cake for 120 guests',
        value: 1450,
        currency: 'EUR',
        status: 'open',
        stage_id: 3,
        person_name: 'Olga Petrova',
        org_name: 'Seaside Hotel',
      },
      previous: { id: 1184, stage_id: 2 },
      event: 'updated.deal',
      retry: 0,
    }),
  },
  signatureSchemes: [
    {
      kind: 'basic',
    },
  ],
  secretHint: 'User name and password, with a colon between them.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/pipedrive'],
    },
    signature: {
      level: 'sample',
      sources: [
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/pipedrive',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/pipedrive'],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/pipedrive'],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
