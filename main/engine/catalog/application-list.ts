// Every application of the catalog, one import a file. Order does not matter; the catalog sorts by name.
import type { ApplicationDefinition } from './application-definition.ts';
import { adyen } from './applications/adyen.ts';
import { airtable } from './applications/airtable.ts';
import { asana } from './applications/asana.ts';
import { attio } from './applications/attio.ts';
import { auth0 } from './applications/auth0.ts';
import { awsSns } from './applications/aws-sns.ts';
import { bigcommerce } from './applications/bigcommerce.ts';
import { bitbucket } from './applications/bitbucket.ts';
import { box } from './applications/box.ts';
import { buildkite } from './applications/buildkite.ts';
import { calcom } from './applications/calcom.ts';
import { calendly } from './applications/calendly.ts';
import { circleci } from './applications/circleci.ts';
import { clerk } from './applications/clerk.ts';
import { close } from './applications/close.ts';
import { contentful } from './applications/contentful.ts';
import { discord } from './applications/discord.ts';
import { docusign } from './applications/docusign.ts';
import { ghost } from './applications/ghost.ts';
import { github } from './applications/github.ts';
import { gitlab } from './applications/gitlab.ts';
import { googleCalendar } from './applications/google-calendar.ts';
import { hubspot } from './applications/hubspot.ts';
import { hubspotWorkflow } from './applications/hubspot-workflow.ts';
import { intercom } from './applications/intercom.ts';
import { jira } from './applications/jira.ts';
import { linear } from './applications/linear.ts';
import { mailchimp } from './applications/mailchimp.ts';
import { mailgun } from './applications/mailgun.ts';
import { messenger } from './applications/messenger.ts';
import { metaPages } from './applications/meta-pages.ts';
import { microsoftGraph } from './applications/microsoft-graph.ts';
import { monday } from './applications/monday.ts';
import { notion } from './applications/notion.ts';
import { okta } from './applications/okta.ts';
import { openai } from './applications/openai.ts';
import { paddle } from './applications/paddle.ts';
import { pagerduty } from './applications/pagerduty.ts';
import { paypal } from './applications/paypal.ts';
import { pipedrive } from './applications/pipedrive.ts';
import { plaid } from './applications/plaid.ts';
import { postmark } from './applications/postmark.ts';
import { resend } from './applications/resend.ts';
import { salesforceOutbound } from './applications/salesforce-outbound.ts';
import { sendgrid } from './applications/sendgrid.ts';
import { sentry } from './applications/sentry.ts';
import { shopify } from './applications/shopify.ts';
import { slack } from './applications/slack.ts';
import { square } from './applications/square.ts';
import { standardWebhooks } from './applications/standard-webhooks.ts';
import { stripe } from './applications/stripe.ts';
import { supabase } from './applications/supabase.ts';
import { tally } from './applications/tally.ts';
import { telegram } from './applications/telegram.ts';
import { trello } from './applications/trello.ts';
import { twilio } from './applications/twilio.ts';
import { typeform } from './applications/typeform.ts';
import { vercel } from './applications/vercel.ts';
import { whatsapp } from './applications/whatsapp.ts';
import { woocommerce } from './applications/woocommerce.ts';
import { workos } from './applications/workos.ts';
import { x } from './applications/x.ts';
import { xero } from './applications/xero.ts';
import { zendesk } from './applications/zendesk.ts';
import { zoom } from './applications/zoom.ts';

export const applicationList: readonly ApplicationDefinition[] = [
  adyen,
  airtable,
  asana,
  attio,
  auth0,
  awsSns,
  bigcommerce,
  bitbucket,
  box,
  buildkite,
  calcom,
  calendly,
  circleci,
  clerk,
  close,
  contentful,
  discord,
  docusign,
  ghost,
  github,
  gitlab,
  googleCalendar,
  hubspotWorkflow,
  hubspot,
  intercom,
  jira,
  linear,
  mailchimp,
  mailgun,
  messenger,
  metaPages,
  microsoftGraph,
  monday,
  notion,
  okta,
  openai,
  paddle,
  pagerduty,
  paypal,
  pipedrive,
  plaid,
  postmark,
  resend,
  salesforceOutbound,
  sendgrid,
  sentry,
  shopify,
  slack,
  square,
  standardWebhooks,
  stripe,
  supabase,
  tally,
  telegram,
  trello,
  twilio,
  typeform,
  vercel,
  whatsapp,
  woocommerce,
  workos,
  x,
  xero,
  zendesk,
  zoom,
];
