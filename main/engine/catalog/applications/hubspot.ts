// What the catalog knows of HubSpot. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const hubspot = defineApplication({
  id: 'hubspot',
  name: 'HubSpot',
  category: 'Customer relations',
  aliases: ['crm', 'contacts', 'deals', 'hub spot'],
  icon: { slug: 'hubspot', color: '#ff7a59' },
  docsUrl: 'https://developers.hubspot.com/docs/guides/api/app-management/webhooks',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open your app in the HubSpot developer account and go to its webhooks. The menu may be named otherwise.',
      menu: ['Developer account', 'Your app', 'Webhooks'],
      certainty: 'unconfirmed',
    },
    { text: 'Paste the webhook URL as the target of the webhooks.', pastesUrl: true },
    { text: 'Subscribe to the changes that you need, such as a created contact or a changed property.' },
    { text: 'Set the client secret of the app here, under Verification.' },
    { text: 'Create a contact to make the first call. One call can carry several changes.' },
  ],
  signature: {
    scheme: 'hmac',
    header: 'X-HubSpot-Signature-v3',
    text: 'HMAC-SHA256 over method, full URL, raw body and time, in base64. The public address is part of it.',
    certainty: 'confirmed',
  },
  answerLimit: { ms: 5_000, certainty: 'unconfirmed' },
  retries: { text: 'Up to ten times over 24 hours.', certainty: 'unconfirmed' },
  events: [
    { name: 'contact.creation' },
    { name: 'contact.propertyChange' },
    { name: 'company.creation' },
    { name: 'deal.creation' },
    { name: 'deal.propertyChange' },
  ],
  eventType: { path: '[*].subscriptionType' },
  deliveryId: { path: 'eventId', perItem: true },
  mapping: {
    split: '$[*]',
    id: 'objectId',
    title: 'subscriptionType',
    note: 'HubSpot sends ids only, no names. Each call is a list; every element becomes an item.',
  },
  sample: {
    event: 'contact.creation',
    contentType: 'application/json',
    headers: { 'User-Agent': 'HubSpot Connect 2.0 (https://developers.hubspot.com/)' },
    body: JSON.stringify([
      {
        eventId: 3816279340,
        subscriptionId: 25,
        portalId: 33440012,
        appId: 1160452,
        occurredAt: 1773480413000,
        subscriptionType: 'contact.creation',
        attemptNumber: 0,
        objectId: 90125501,
        changeSource: 'CRM',
        changeFlag: 'NEW',
      },
      {
        eventId: 3816279481,
        subscriptionId: 26,
        portalId: 33440012,
        appId: 1160452,
        occurredAt: 1773480414000,
        subscriptionType: 'contact.propertyChange',
        attemptNumber: 0,
        objectId: 90125488,
        propertyName: 'lifecyclestage',
        propertyValue: 'customer',
        changeSource: 'CRM_UI',
      },
    ]),
  },
  signatureSchemes: [
    {
      kind: 'hmac',
      algorithm: 'sha256',
      encoding: 'base64',
      header: 'X-HubSpot-Signature-v3',
      content: '{method}{url}{body}{timestamp}',
      timestamp: { in: 'header', header: 'X-HubSpot-Request-Timestamp', unit: 'ms' },
    },
  ],
  secretHint: 'The client secret of the app.',
  evidence: {
    content: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/hubspot-webhooks/references/overview.md',
      ],
    },
    signature: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/hubspot-webhooks/references/overview.md',
        'https://github.com/triggerdotdev/trigger.dev/blob/main/internal-packages/webhook-sources/catalog/research-notes-wave2.md',
        'https://github.com/hookdeck/webhook-samples/tree/main/providers/hubspot',
      ],
    },
    eventType: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/hubspot-webhooks/references/overview.md',
      ],
    },
    deliveryId: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/hubspot-webhooks/references/overview.md',
      ],
    },
    response: { level: 'unverified', sources: [] },
    item: {
      level: 'secondary',
      sources: [
        'https://github.com/hookdeck/webhook-skills/blob/main/skills/hubspot-webhooks/references/overview.md',
        'https://github.com/NangoHQ/nango/blob/master/packages/server/lib/webhook/hubspot-webhook-routing.ts',
      ],
    },
    settings: { level: 'unverified', sources: [] },
  },
});
