// One question to a localtunnel server, may we have this name, and what it answers. Opens nothing, remembers nothing.
import { z } from 'zod';
import { describeNetworkFault } from './network-fault.ts';
import type { OutsideAnswer, OutsideFetch } from './outside-fetch.ts';
import { readPublicUrl, TunnelFailure } from './tunnel-provider.ts';

const granted = z.object({
  id: z.string().min(1).max(100),
  port: z.number().int().min(1).max(65_535),
  max_conn_count: z.number().int().optional(),
  url: z.string().max(2_000),
  ip: z.string().max(100).optional(),
});

export interface Grant extends z.infer<typeof granted> {
  /** The server that answered; another than the one that was asked where that redirects. */
  readonly server: URL;
}

const maxRedirects = 3;

/** Throws a `TunnelFailure` in words for the user, or the reason of `signal`. */
export async function askForName(
  fetch: OutsideFetch,
  host: string,
  name: string,
  signal: AbortSignal,
): Promise<Grant> {
  let server = new URL(`${host}/${name}`);
  for (let redirects = 0; ; redirects += 1) {
    const got = await ask(fetch, server, signal);
    const answer = got.status === 200 ? granted.safeParse(readJson(got.text)) : undefined;
    if (answer?.success) return { ...answer.data, server };
    const next = got.location === undefined ? null : URL.parse(got.location, server.href);
    const follow = got.status >= 300 && got.status < 400 && redirects < maxRedirects;
    if (!follow || !next || readPublicUrl(next.origin) === undefined) {
      throw new TunnelFailure(describeRefusal(got, server.host), { retry: true });
    }
    server = next;
  }
}

async function ask(fetch: OutsideFetch, server: URL, signal: AbortSignal): Promise<OutsideAnswer> {
  try {
    return await fetch(server.href, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new TunnelFailure(describeNetworkFault(error, server.host), { retry: true, cause: error });
  }
}

/** The value, or undefined where the text is no JSON: what a server says is judged by its shape. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeRefusal(got: OutsideAnswer, server: string): string {
  const said = z.object({ message: z.string() }).safeParse(readJson(got.text));
  if (said.success) {
    return `${server} refused to give an address (${got.status}): ${said.data.message.slice(0, 300)}`;
  }
  if (got.status >= 300 && got.status < 400) return `${server} redirects to nowhere that can be used.`;
  if (got.status !== 200) return `${server} refused to give an address (${got.status}).`;
  return `${server} answers, but not like a localtunnel server. Check the address of the tunnel server.`;
}
