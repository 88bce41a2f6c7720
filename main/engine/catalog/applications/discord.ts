// What the catalog knows of Discord. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const discord = defineApplication({
  id: 'discord',
  name: 'Discord',
  category: 'Communication',
  aliases: ['chat', 'bots', 'gaming'],
  icon: {
    slug: 'discord',
    color: '#5865f2',
  },
  docsUrl: 'https://docs.discord.com/developers/events/webhook-events',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the Discord Developer Portal and keep its public key at hand. The check is answered with it.',
    },
    {
      text: 'Go to the webhooks of the app.',
      menu: ['Your app', 'Webhooks', 'Endpoint'],
    },
    {
      text: 'Paste the webhook URL into Endpoint URL. Discord sends a right and a wrong probe; Hookbench answers both.',
      pastesUrl: true,
    },
    {
      text: 'Switch the events on and choose them.',
    },
    {
      text: 'Cause one of the events to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'signedProbe',
    text: 'Discord sends probes with right and with wrong signatures. It wants 204 for the right ones and 401 for the others.',
    certainty: 'confirmed',
  },
  signature: {
    scheme: 'publicKey',
    header: 'X-Signature-Ed25519',
    text: 'Ed25519 over the time and the raw body, in hex. Discord sends wrong signatures on purpose.',
    certainty: 'confirmed',
  },
  answerLimit: {
    ms: 3000,
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'APPLICATION_AUTHORIZED',
    },
    {
      name: 'ENTITLEMENT_CREATE',
    },
  ],
  eventType: {
    path: 'event.type',
  },
  mapping: {
    id: 'event.timestamp',
    title: 'event.type',
    note: 'Events have no id of their own; the time is the nearest. Take one from event.data where you can.',
  },
  sample: {
    event: 'APPLICATION_AUTHORIZED',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      version: 1,
      application_id: '1234560123453231555',
      type: 1,
      event: {
        type: 'APPLICATION_AUTHORIZED',
        timestamp: '2026-03-14T09:26:53.188142',
        data: {
          integration_type: 1,
          scopes: ['applications.commands'],
          user: { id: '987650123453231500', username: 'baker.noor', global_name: 'Noor' },
        },
      },
    }),
  },
  handshake: {
    kind: 'signedProbe',
    match: {
      type: 0,
    },
    status: 204,
  },
  signatureSchemes: [
    {
      kind: 'publicKey',
      algorithm: 'ed25519',
      encoding: 'hex',
      header: 'X-Signature-Ed25519',
      content: '{timestamp}{body}',
      timestamp: {
        in: 'header',
        header: 'X-Signature-Timestamp',
        unit: 's',
      },
    },
  ],
  secretHint: 'The public key of the app, 64 hex digits.',
  evidence: {
    content: {
      level: 'official',
      sources: ['https://github.com/discord/discord-api-docs/blob/main/developers/events/webhook-events.mdx'],
    },
    urlCheck: {
      level: 'official',
      sources: ['https://github.com/discord/discord-api-docs/blob/main/developers/events/webhook-events.mdx'],
    },
    signature: {
      level: 'official',
      sources: ['https://github.com/discord/discord-api-docs/blob/main/developers/interactions/overview.mdx'],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/discord.ts',
      ],
    },
    response: {
      level: 'unverified',
      sources: [],
    },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/src/handAuthored/discord.ts',
      ],
    },
    settings: {
      level: 'official',
      sources: ['https://github.com/discord/discord-api-docs/blob/main/developers/events/webhook-events.mdx'],
    },
  },
});
