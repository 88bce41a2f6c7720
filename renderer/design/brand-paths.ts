// The brand icons that the catalog names, by their slug in simple-icons; named one by one, so that only these are shipped.
import {
  siCalendly,
  siGithub,
  siGitlab,
  siHubspot,
  siJira,
  siLinear,
  siMailchimp,
  siShopify,
  siStripe,
  siTypeform,
  siZoom,
} from 'simple-icons';

export const brandPaths: Readonly<Record<string, string>> = Object.fromEntries(
  [
    siCalendly,
    siGithub,
    siGitlab,
    siHubspot,
    siJira,
    siLinear,
    siMailchimp,
    siShopify,
    siStripe,
    siTypeform,
    siZoom,
  ].map((icon) => [icon.slug, icon.path]),
);
