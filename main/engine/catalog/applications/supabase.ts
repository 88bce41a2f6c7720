// What the catalog knows of Supabase. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const supabase = defineApplication({
  id: 'supabase',
  name: 'Supabase',
  category: 'Infrastructure',
  aliases: ['postgres', 'database', 'database webhook'],
  icon: {
    slug: 'supabase',
    color: '#3fcf8e',
  },
  docsUrl: 'https://supabase.com/docs/guides/database/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the database section of the project and create a hook. The menu may be named otherwise.',
      menu: ['Database', 'Webhooks', 'Create a new hook'],
      certainty: 'unconfirmed',
    },
    {
      text: 'Choose the table and the events Insert, Update or Delete.',
    },
    {
      text: 'Choose HTTP request with the method POST and paste the webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Change a row of the table to make the first call.',
    },
  ],
  signature: {
    scheme: 'none',
    text: 'Not signed. You can add a header of your own; the unguessable part of the webhook URL protects the calls.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'INSERT',
    },
    {
      name: 'UPDATE',
    },
  ],
  eventType: {
    path: 'type',
  },
  mapping: {
    id: 'record.id',
    title: 'table',
    note: 'Choose a column of record as the title. A deleted row stands in old_record.',
  },
  sample: {
    event: 'INSERT',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      type: 'INSERT',
      table: 'orders',
      schema: 'public',
      record: {
        id: 1042,
        customer: 'Lena Vogt',
        total: '46.90',
        created_at: '2026-03-14T09:26:53.220481+00:00',
      },
      old_record: null,
    }),
  },
  signatureSchemes: [
    {
      kind: 'none',
    },
  ],
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/supabase.ts',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave3.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/supabase.ts',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/supabase.ts',
      ],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/supabase.ts',
      ],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
