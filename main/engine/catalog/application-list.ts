// Every application of the catalog, one import a file. Order does not matter; the catalog sorts by name.
import type { ApplicationDefinition } from './application-definition.ts';
import { calendly } from './applications/calendly.ts';
import { github } from './applications/github.ts';
import { gitlab } from './applications/gitlab.ts';
import { hubspot } from './applications/hubspot.ts';
import { jira } from './applications/jira.ts';
import { linear } from './applications/linear.ts';
import { mailchimp } from './applications/mailchimp.ts';
import { salesforceOutbound } from './applications/salesforce-outbound.ts';
import { shopify } from './applications/shopify.ts';
import { slack } from './applications/slack.ts';
import { standardWebhooks } from './applications/standard-webhooks.ts';
import { stripe } from './applications/stripe.ts';
import { twilio } from './applications/twilio.ts';
import { typeform } from './applications/typeform.ts';
import { zoom } from './applications/zoom.ts';

export const applicationList: readonly ApplicationDefinition[] = [
  calendly,
  github,
  gitlab,
  hubspot,
  jira,
  linear,
  mailchimp,
  salesforceOutbound,
  shopify,
  slack,
  standardWebhooks,
  stripe,
  twilio,
  typeform,
  zoom,
];
