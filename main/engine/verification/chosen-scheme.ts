// The schemes that a user chooses, as the schemes that are checked, and in words. Pure.
import type { ChosenScheme } from '#contract';
import type { SignatureScheme } from './signature-scheme.ts';

export function schemesOf(chosen: ChosenScheme): SignatureScheme[] {
  switch (chosen.kind) {
    case 'hmac': {
      const { header, algorithm, encoding, prefix } = chosen;
      return [
        { kind: 'hmac', header, algorithm, encoding, content: '{body}', ...(prefix ? { prefix } : {}) },
      ];
    }
    case 'standardWebhooks':
      return [
        { kind: 'standardWebhooks', headerPrefix: 'webhook' },
        { kind: 'standardWebhooks', headerPrefix: 'svix' },
      ];
    case 'token':
      return [{ kind: 'token', header: chosen.header, ...(chosen.prefix ? { prefix: chosen.prefix } : {}) }];
    case 'basic':
      return [{ kind: 'basic' }];
  }
}

const algorithmNames = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' };

/** One sentence. */
export function chosenSchemeText(chosen: ChosenScheme): string {
  switch (chosen.kind) {
    case 'hmac':
      return `HMAC-${algorithmNames[chosen.algorithm]} of the raw body in ${chosen.encoding}, in the header ${chosen.header}${chosen.prefix ? ` after ${chosen.prefix.trim()}` : ''}.`;
    case 'standardWebhooks':
      return 'Standard Webhooks: id, time and raw body, signed with HMAC-SHA-256.';
    case 'token':
      return `The secret itself in the header ${chosen.header}${chosen.prefix ? ` after ${chosen.prefix.trim()}` : ''}.`;
    case 'basic':
      return 'User name and password as HTTP Basic.';
  }
}
