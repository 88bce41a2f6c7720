// The URL that a user types for a replay or a rule: what is wrong with it, in words, and how a call's query joins it. Pure.

/** Undefined where it can be called. */
export function targetFault(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `"${text.slice(0, 200)}" is no URL. Type the whole address, such as http://localhost:3000/webhook.`;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    // "localhost:3000" reads as a URL whose scheme is localhost.
    if (!text.includes('://')) return `Put http:// or https:// in front of "${text.slice(0, 200)}".`;
    return `A call cannot be sent to ${url.protocol}// addresses. Type one that starts with http:// or https://.`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave user name and password out of the URL; put them into an Authorization header.';
  }
  return undefined;
}

/** `query` without `?`, kept byte for byte; joined to the one that the URL has. */
export function withQuery(url: string, query: string): string {
  const [address = ''] = url.split('#', 1);
  if (query === '') return address;
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}
