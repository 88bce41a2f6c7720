// What the catalog knows of Trello. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const trello = defineApplication({
  id: 'trello',
  name: 'Trello',
  category: 'Project management',
  aliases: ['boards', 'cards', 'atlassian'],
  icon: {
    slug: 'trello',
    color: '#0052cc',
  },
  docsUrl: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Trello has no form for webhooks; its API creates them.',
    },
    {
      text: 'Call POST /webhooks of the Trello API. Give the webhook URL as callbackURL and the board as idModel.',
      pastesUrl: true,
    },
    {
      text: 'Trello checks the URL during that call; Hookbench answers.',
    },
    {
      text: 'Move a card on the board to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'head200',
    text: 'While the webhook is created, Trello sends a HEAD and wants the answer 200.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'hmac',
    header: 'X-Trello-Webhook',
    text: 'HMAC-SHA1 over the raw body and the callback URL, in base64. The public address is part of it.',
    certainty: 'confirmed',
  },
  retries: {
    text: 'Three times: after 30, 60 and 120 seconds.',
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'createCard',
    },
    {
      name: 'updateCard',
    },
    {
      name: 'commentCard',
    },
  ],
  eventType: {
    path: 'action.type',
  },
  deliveryId: {
    path: 'action.id',
  },
  mapping: {
    id: 'action.data.card.id',
    title: 'action.data.card.name',
    note: 'For actions on cards. Others have model.id and model.name.',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'updateCard',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      model: { id: '4d5ea62fd76aa1136000000c', name: 'Kitchen', url: 'https://trello.com/b/example' },
      action: {
        id: '65f2c1a7d94b3e0012a4b7c8',
        idMemberCreator: '4fc78a59a885233f4b349bd9',
        type: 'updateCard',
        date: '2026-03-14T09:26:53.418Z',
        data: {
          board: { id: '4d5ea62fd76aa1136000000c', name: 'Kitchen' },
          card: { id: '65f2bf10c83a2d00119e5f31', name: 'Order new proofing baskets', idShort: 42 },
          listBefore: { name: 'To do' },
          listAfter: { name: 'Ordered' },
        },
        memberCreator: { fullName: 'Hana Sato', username: 'hanasato' },
      },
    }),
  },
  handshake: {
    kind: 'head200',
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha1',
      encoding: 'base64',
      header: 'X-Trello-Webhook',
      content: '{body}{url}',
    },
  ],
  secretHint: 'The secret of the Power-Up or of the application.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks'],
    },
    urlCheck: {
      level: 'official',
      sources: ['https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks'],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://www.skills.sh/hookdeck/webhook-skills/trello-webhooks',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: ['https://github.com/websitesfortrello/trello-webhooks'],
    },
    deliveryId: {
      level: 'secondary',
      sources: ['https://github.com/websitesfortrello/trello-webhooks'],
    },
    response: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'secondary',
      sources: ['https://github.com/websitesfortrello/trello-webhooks'],
    },
    settings: {
      level: 'official',
      sources: ['https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks'],
    },
  },
});
