// What the catalog knows of Adyen. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const adyen = defineApplication({
  id: 'adyen',
  name: 'Adyen',
  category: 'Payments',
  aliases: ['payment', 'terminal'],
  icon: {
    slug: 'adyen',
    color: '#0abf53',
  },
  docsUrl: 'https://docs.adyen.com/development-resources/webhooks/',
  contentTypes: ['application/json; charset=utf-8'],
  steps: [
    {
      text: 'Open the developer settings of the Customer Area and add a webhook. The menu may be named otherwise.',
      menu: ['Developers', 'Webhooks', '+ Webhook'],
      certainty: 'unconfirmed',
    },
    {
      text: 'Choose the standard webhook and paste the webhook URL.',
      pastesUrl: true,
    },
    {
      text: 'Type a user name and password where you want the calls to carry them.',
    },
    {
      text: 'Save and send a test notification to make the first call.',
    },
  ],
  urlCheck: {
    kind: 'fixedReply',
    text: 'Adyen may want the text [accepted] as the answer to every call.',
    certainty: 'unconfirmed',
  },
  signature: {
    scheme: 'notCheckable',
    text: 'HMAC-SHA256 inside each notification. Hookbench checks user name and password, when they are set.',
    certainty: 'confirmed',
  },
  events: [
    {
      name: 'AUTHORISATION',
    },
    {
      name: 'CAPTURE',
    },
    {
      name: 'REFUND',
    },
  ],
  mapping: {
    split: 'notificationItems[*].NotificationRequestItem',
    id: 'pspReference',
    title: 'merchantReference',
  },
  sample: {
    event: 'AUTHORISATION',
    contentType: 'application/json; charset=utf-8',
    headers: {},
    body: JSON.stringify({
      live: 'false',
      notificationItems: [
        {
          NotificationRequestItem: {
            additionalData: { hmacSignature: '' },
            amount: { currency: 'EUR', value: 4690 },
            eventCode: 'AUTHORISATION',
            eventDate: '2026-03-14T10:26:53+01:00',
            merchantAccountCode: 'NorthwindBakery',
            merchantReference: 'order-1042',
            paymentMethod: 'visa',
            pspReference: 'EXAMPLE7914073381342284',
            success: 'true',
          },
        },
      ],
    }),
  },
  handshake: {
    kind: 'fixedReply',
    contentType: 'text/plain; charset=utf-8',
    body: '[accepted]',
  },
  signatureSchemes: [
    {
      kind: 'notCheckable',
      reason:
        'The order of the signed fields is not confirmed, so the HMAC inside the notification is not checked.',
    },
    {
      kind: 'basic',
    },
  ],
  secretHint: 'User name and password, with a colon between them.',
  evidence: {
    content: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/adyen'],
    },
    urlCheck: {
      level: 'unverified',
      sources: [],
    },
    signature: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/adyen'],
    },
    deliveryId: {
      level: 'secondary',
      sources: ['https://github.com/frain-dev/convoy/issues/1618'],
    },
    item: {
      level: 'sample',
      sources: ['https://github.com/hookdeck/webhook-samples/tree/main/providers/adyen'],
    },
    settings: {
      level: 'unverified',
      sources: [],
    },
  },
});
