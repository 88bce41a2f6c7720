// Joins the Base Url of a connection and the target of a call. The target can never change scheme, host or port, nor climb above the Base
// Url. Pure.
import { readTargetUrl } from './target-guard.ts';

/** The whole URL, or undefined where the Base Url cannot be called or the target would leave it. */
export function joinTarget(baseUrl: string, target: string): string | undefined {
  const base = readTargetUrl(baseUrl);
  if ('fault' in base) return undefined;
  const { url } = base;
  const folder = url.pathname.replace(/\/$/, '');
  if (target !== '' && !target.startsWith('/') && !target.startsWith('?')) return undefined;
  const [path = ''] = target.split('?');
  const query = target.slice(path.length);
  // Without a path the Base Url is called as it stands, its last slash included.
  const text = `${url.origin}${path === '' ? url.pathname : folder + path}${query}`;
  if (!URL.canParse(text)) return undefined;
  const joined = new URL(text);
  const stays =
    joined.origin === url.origin && joined.pathname.startsWith(path === '' ? url.pathname : `${folder}/`);
  return stays && joined.hash === '' ? joined.href : undefined;
}

/** Scheme, host and port of a Base Url: where calls go. */
export function destinationOf(baseUrl: string): string | undefined {
  const base = readTargetUrl(baseUrl);
  return 'fault' in base ? undefined : base.url.origin;
}
