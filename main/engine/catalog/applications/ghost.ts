// What the catalog knows of Ghost. Facts with their evidence; sentences and sample are our own.
import { defineApplication } from '../application-definition.ts';

export const ghost = defineApplication({
  id: 'ghost',
  name: 'Ghost',
  category: 'Content',
  aliases: ['blog', 'publishing', 'posts', 'newsletter'],
  icon: {
    slug: 'ghost',
    color: '#15171a',
  },
  docsUrl: 'https://ghost.org/docs/webhooks/',
  contentTypes: ['application/json'],
  steps: [
    {
      text: 'Open the integrations and add a custom one.',
      menu: ['Settings', 'Advanced', 'Integrations', 'Add custom integration'],
    },
    {
      text: 'Choose Add webhook and an event, such as Post published.',
    },
    {
      text: 'Paste the webhook URL as the target URL and save.',
      pastesUrl: true,
    },
    {
      text: 'Publish a post to make the first call.',
    },
  ],
  signature: {
    scheme: 'notCheckable',
    header: 'X-Ghost-Signature',
    text: 'A signature may stand in X-Ghost-Signature. How it is made is not confirmed, so it is not checked.',
    certainty: 'unconfirmed',
  },
  events: [
    {
      name: 'post.published',
    },
  ],
  mapping: {
    id: 'post.current.id',
    title: 'post.current.title',
    certainty: 'unconfirmed',
  },
  sample: {
    event: 'post.published',
    contentType: 'application/json',
    headers: {},
    body: JSON.stringify({
      post: {
        current: {
          id: '65f2c1a7d94b3e0012a4b7c8',
          uuid: 'b5a188b9-5ece-4636-b041-482ffda96311',
          title: 'How our rye starter turned ten',
          slug: 'rye-starter',
          status: 'published',
          published_at: '2026-03-14T09:26:53.000Z',
          url: 'https://blog.example.com/rye-starter/',
          authors: [{ id: '1', name: 'Inès Moreau' }],
        },
        previous: { status: 'draft', published_at: null },
      },
    }),
  },
  signatureSchemes: [
    {
      kind: 'notCheckable',
      header: 'X-Ghost-Signature',
      reason: 'How Ghost signs is not confirmed, so the signature is not checked.',
    },
  ],
  evidence: {
    content: {
      level: 'official',
      sources: ['https://github.com/TryGhost/Docs/blob/main/webhooks.mdx'],
    },
    signature: {
      level: 'unverified',
      sources: [],
    },
    response: {
      level: 'official',
      sources: ['https://github.com/TryGhost/Docs/blob/main/webhooks.mdx'],
    },
    item: {
      level: 'unverified',
      sources: [],
    },
    settings: {
      level: 'official',
      sources: ['https://github.com/TryGhost/Docs/blob/main/webhooks.mdx'],
    },
  },
});
