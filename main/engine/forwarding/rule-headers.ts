// The headers that a rule sets, as they lie in the store: plain, or sealed where they are secret. Opened for sending only; nothing here gives
// a secret back to a screen.
import { type ForwardRule, type ForwardRuleDraft, ProblemError } from '#contract';
import { isSecretHeader } from '../replay/secret-headers.ts';
import type { HeaderList } from '../replay/source-call.ts';
import type { Vault } from '../secrets/vault.ts';

const concealed = Buffer.from('********');
/** A shorter secret would be found in every text. */
const leastConcealed = 6;

/** Of one header: its text, or what the vault made of it. */
type StoredHeader = { name: string } & ({ value: string } | { sealed: string });

export interface StoredHeaders {
  mode: ForwardRule['headers']['mode'];
  set: StoredHeader[];
  keepHost: boolean;
}

export function createRuleHeaders(vault: Vault) {
  const placeOf = (ruleId: string, name: string) => `forward ${ruleId} ${name.toLowerCase()}`;

  function open(ruleId: string, header: StoredHeader): string | undefined {
    if ('value' in header) return header.value;
    return vault.open(Buffer.from(header.sealed, 'base64'), placeOf(ruleId, header.name));
  }

  return {
    /** @throws ProblemError forward.invalid, vault.unavailable */
    toStored(ruleId: string, draft: ForwardRuleDraft['headers'], before: StoredHeaders | undefined): string {
      const set = draft.set.map(({ name, value, secret }, at): StoredHeader => {
        const isSecret = secret === true || isSecretHeader(name);
        if (isSecret && value === undefined) {
          const kept = before?.set.find((each) => each.name.toLowerCase() === name.toLowerCase());
          if (kept && 'sealed' in kept) return { name, sealed: kept.sealed };
        }
        if (value === undefined) {
          throw new ProblemError('forward.invalid', `Type the value of ${name}.`, {
            path: `rule.headers.set.${at}.value`,
          });
        }
        if (!isSecret) return { name, value };
        if (vault.fault !== undefined) throw new ProblemError('vault.unavailable', vault.fault);
        return { name, sealed: Buffer.from(vault.seal(value, placeOf(ruleId, name))).toString('base64') };
      });
      return JSON.stringify({ mode: draft.mode, keepHost: draft.keepHost, set } satisfies StoredHeaders);
    },

    stored: (json: string) => JSON.parse(json) as StoredHeaders,

    shown(json: string): ForwardRule['headers'] {
      const { mode, keepHost, set } = JSON.parse(json) as StoredHeaders;
      return {
        mode,
        keepHost,
        set: set.map((each) =>
          'value' in each ? { name: each.name, value: each.value } : { name: each.name, secret: true },
        ),
      };
    },

    /** What is sent; undefined where a secret cannot be opened, with its name. */
    opened(ruleId: string, { set }: StoredHeaders): { headers: HeaderList; unreadable: string | undefined } {
      const headers: HeaderList = [];
      for (const each of set) {
        const value = open(ruleId, each);
        if (value === undefined) return { headers: [], unreadable: each.name };
        headers.push([each.name, value]);
      }
      return { headers, unreadable: undefined };
    },

    /** An answer may repeat what was sent: the secrets of the rule are taken out before it is stored. */
    concealer(ruleId: string, { set }: StoredHeaders): (bytes: Uint8Array) => Uint8Array {
      const secrets = set.flatMap((each) => {
        if ('value' in each) return [];
        const value = open(ruleId, each);
        // Of credentials with a scheme ("Bearer x") the part behind it is secret, too.
        return value === undefined ? [] : [value, value.slice(value.indexOf(' ') + 1)];
      });
      // Longest first: a secret that begins with another one must not leave its tail.
      const needles = [...new Set(secrets)]
        .filter(({ length }) => length >= leastConcealed)
        .sort((a, b) => b.length - a.length);
      return (bytes) =>
        needles.reduce<Uint8Array>((text, needle) => replaceAll(text, Buffer.from(needle, 'latin1')), bytes);
    },
  };
}

export type RuleHeaders = ReturnType<typeof createRuleHeaders>;

function replaceAll(bytes: Uint8Array, needle: Buffer): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, from)) {
    parts.push(text.subarray(from, at), concealed);
    from = at + needle.length;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, text.subarray(from)]);
}
