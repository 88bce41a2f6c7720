// The syntax of a Base Url, judged while it is typed. Whether it can be called is what the check at Save shows. Pure.
import { text } from '../../text/en.ts';

const words = text.connections.baseUrlFaults;

/** What is wrong with it, in words; undefined where the syntax is right. */
export function baseUrlFault(typed: string): string | undefined {
  const url = typed.trim();
  if (url === '') return words.empty;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const looksLikePort = /^[a-z0-9.-]+:\d+(\/|$)/i.test(url);
  if (scheme === undefined || looksLikePort) return words.noScheme;
  if (scheme !== 'http' && scheme !== 'https') return words.scheme(scheme);
  if (!/^https?:\/\//i.test(url)) return words.noSlashes;
  if (/\s/.test(url)) return words.blank;
  if (!URL.canParse(url)) return words.host;
  const { hostname, username, password } = new URL(url);
  if (hostname === '') return words.host;
  if (username !== '' || password !== '') return words.credentials;
  if (url.includes('#')) return words.fragment;
  if (url.includes('?')) return words.query;
  return undefined;
}
