// A stored call as a request that somebody sends again with another program: which headers go along, and whether its body is text. Pure.

export interface CopiedRequest {
  method: string;
  /** Whole, with the query. */
  url: string;
  headers: readonly (readonly [string, string])[];
  body: Uint8Array;
  /** The file that a command reads the body from, where it is too long to stand in it. */
  bodyFile?: string | undefined;
}

/** Made anew by whoever sends: how the bytes travel, and to whom. */
const ofTheConnection = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

export function sentHeaders(request: CopiedRequest): [string, string][] {
  return request.headers
    .filter(([name]) => !ofTheConnection.has(name.toLowerCase()))
    .map(([name, value]) => [name, value]);
}

export function hasHeader(request: CopiedRequest, name: string): boolean {
  return request.headers.some(([each]) => each.toLowerCase() === name);
}

/** Headers of one name joined, for programs that take each name once. */
export function joinedHeaders(request: CopiedRequest): [string, string][] {
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of sentHeaders(request)) {
    const before = joined.get(name.toLowerCase());
    if (before) before[1] += `, ${value}`;
    else joined.set(name.toLowerCase(), [name, value]);
  }
  return [...joined.values()];
}

/** The body where it is UTF-8 without control characters but tab and line ends; such a text survives a clipboard and a terminal. */
export function plainText(body: Uint8Array): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\u007f\ufeff\u2028\u2029]/.test(text)
    ? undefined
    : text;
}

/** Lines of base64 that no program finds too long. */
export function base64Lines(body: Uint8Array): string {
  return (
    Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n');
}
