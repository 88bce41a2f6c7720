// What the catalog knows of monday.com. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const monday = defineApplication({
  id: 'monday',
  name: 'monday.com',
  category: 'Project management',
  aliases: ['boards', 'pulse', 'work management', 'monday'],
  icon: {
    color: '#ff3d57',
  },
  docsUrl: 'https://developer.monday.com/api-reference/docs/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the board and its automations, then search the integrations for webhooks.',
      menu: ['Automations Center', 'Integrations', 'Webhooks'],
    },
    {
      text: 'Pick a recipe, such as when an item is created send a webhook.',
    },
    {
      text: 'Paste the webhook URL into URL. monday.com sends a challenge; Hookbench answers it.',
      pastesUrl: true,
    },
    {
      text: 'Create an item on the board to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'echoJson',
    text: 'monday.com posts a challenge in JSON and wants it back.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'jwt',
    header: 'Authorization',
    text: 'A JSON Web Token in the Authorization header, only for webhooks of apps.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 180000,
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'create_pulse',
    },
    {
      name: 'update_column_value',
    },
    {
      name: 'create_update',
    },
  ],
  eventType: {
    path: 'event.type',
  },
  deliveryId: {
    path: 'event.triggerUuid',
  },
  mapping: {
    id: 'event.pulseId',
    title: 'event.pulseName',
    note: 'Updates carry textBody instead of pulseName.',
  },
  sample: {
    event: 'create_pulse',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      event: {
        app: 'monday',
        type: 'create_pulse',
        triggerTime: '2026-03-14T09:26:53.220Z',
        subscriptionId: 73759690,
        userId: 9603417,
        originalTriggerUuid: null,
        boardId: 1771812698,
        pulseId: 1772099344,
        pulseName: 'Repair the dough mixer',
        groupId: 'topics',
        groupName: 'This week',
        columnValues: {},
        triggerUuid: 'b5ed2e17c530f43668de130142445cba',
      },
    }),
  },
  handshake: {
    kind: 'echoJson',
    path: 'challenge',
  },
  signatureSchemes: [
    {
      kind: 'jwt',
      header: 'Authorization',
    },
  ],
  secretHint: 'The signing secret of the app. Webhooks of a board have none.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/monday'],
    },
    urlCheck: {
      level: 'official',
      sources: ['https://developer.monday.com/api-reference/docs/webhooks'],
    },
    signature: {
      level: 'official',
      sources: ['https://developer.monday.com/apps/docs/authorization-header'],
    },
    eventType: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/monday'],
    },
    deliveryId: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/monday'],
    },
    response: {
      level: 'official',
      sources: [
        'https://developer.monday.com/apps/changelog/webhook-integration-new-3-minute-timeout-policy',
      ],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/monday'],
    },
    settings: {
      level: 'official',
      sources: ['https://developer.monday.com/api-reference/docs/webhooks'],
    },
  },
});
