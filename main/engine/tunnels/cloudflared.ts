// The cloudflared provider: a quick tunnel (an address by chance, without an account), or a tunnel of the user's own by name, whose
// credentials stand in cloudflared's own folder, or by token. Reads its log, which goes to standard error in the form `<time> INF <message> <key>=<value>`.
// Facts from its source: quick_tunnel.go prints the address in a box of log lines and refuses to run where a config.yml with ingress
// rules stands in its folder, so it gets a configuration of ours; `tunnel run --url` serves a locally managed tunnel.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LeftoverPrograms } from './leftover-program.ts';
import { type LineNews, openProgramTunnel, type ProgramFacts } from './tunnel-program.ts';
import { type OpenTunnel, readPublicUrl, TunnelFailure, type TunnelProvider } from './tunnel-provider.ts';
import type { TunnelToken } from './tunnel-token.ts';

export const cloudflaredFacts: ProgramFacts = {
  provider: 'cloudflared',
  name: 'cloudflared',
  chosen: (settings) => settings.cloudflaredPath,
  versionArguments: ['--version'],
  version: /^cloudflared version (\S{1,40})/m,
};

/** A new address needs its time until every name server knows it. */
const quickSettleMs = 30_000;

export function createCloudflaredProvider(deps: {
  /** Where the configuration may be written. */
  folder: string;
  leftovers?: LeftoverPrograms | undefined;
  token?: TunnelToken;
}): TunnelProvider {
  async function open({
    port,
    settings,
    signal,
  }: Parameters<TunnelProvider['open']>[0]): Promise<OpenTunnel> {
    const configuration = join(deps.folder, 'cloudflared.yml');
    writeFileSync(configuration, 'no-autoupdate: true\n', { mode: 0o600 });
    const common = ['tunnel', '--config', configuration, '--no-autoupdate'];
    const target = ['--url', `http://127.0.0.1:${port}`];
    const run = { facts: cloudflaredFacts, settings, signal, leftovers: deps.leftovers };

    const name = settings.cloudflaredTunnel.trim();
    const hasToken = name === '' && deps.token?.isSet() === true;
    if (name === '' && !hasToken) {
      return openProgramTunnel({
        ...run,
        arguments: [...common, ...target],
        readLine: readCloudflaredLine,
        settleMs: quickSettleMs,
      });
    }
    const url = readPublicUrl(settings.cloudflaredUrl);
    if (url === undefined) {
      throw new TunnelFailure(
        `${name === '' ? 'The tunnel of the token' : `The tunnel “${name}” of cloudflared`} needs its public URL, too. Type it in the tunnel settings.`,
        { retry: false },
      );
    }
    const readLine = (line: string) => ({ ...readCloudflaredLine(line), url: undefined });
    if (hasToken) {
      const token = deps.token?.open();
      if (token === undefined) {
        throw new TunnelFailure('The token of cloudflared cannot be opened on this computer. Set it again.', {
          retry: false,
        });
      }
      // In its environment, because a list of processes shows arguments. Where the calls go stands in the user's own dashboard.
      return openProgramTunnel({
        ...run,
        arguments: [...common, 'run'],
        environment: { TUNNEL_TOKEN: token },
        readLine,
        url,
      });
    }
    // What begins with a dash would be read as a flag.
    if (!/^[A-Za-z0-9][A-Za-z0-9._ -]*$/.test(name)) {
      throw new TunnelFailure(`“${name}” cannot be the name of a tunnel of cloudflared.`, { retry: false });
    }
    return openProgramTunnel({
      ...run,
      arguments: [...common, 'run', ...target, name],
      readLine,
      url,
    });
  }
  return { openLimitMs: 45_000, open };
}

/** What one line of its log says; undefined where that is nothing to us. */
export function readCloudflaredLine(line: string): LineNews | undefined {
  if (/Registered tunnel connection\b/.test(line)) return { isConnected: true };
  const address = /https:\/\/(?!api\.)[a-z0-9]+(?:-[a-z0-9]+)*\.trycloudflare\.com(?![\w.-])/.exec(line)?.[0];
  if (address !== undefined && !/\bERR\b/.test(line)) return { url: address };
  if (/QuickTunnel response/.test(line) && /429|1015/.test(line)) {
    return {
      failure: {
        reason: 'Cloudflare gives no more quick tunnels to this network for a while (429).',
        retry: true,
      },
    };
  }
  if (
    /Cannot determine default origin certificate|Error locating origin cert|origin cert\b.*(not|n't)/i.test(
      line,
    )
  ) {
    return {
      failure: {
        reason:
          'cloudflared is not signed in on this computer. Run “cloudflared tunnel login” in a terminal, then start the tunnel again.',
        retry: false,
      },
    };
  }
  if (/Tunnel token is not valid|Unauthorized: Invalid tunnel secret/i.test(line)) {
    return {
      failure: {
        reason: 'Cloudflare does not accept the token. Set it again in the tunnel settings.',
        retry: false,
      },
    };
  }
  if (
    /neither the ID nor the name of any of your tunnels|credentials file\b.*(doesn't exist|not found)/i.test(
      line,
    )
  ) {
    return {
      failure: {
        reason:
          'cloudflared does not know this tunnel on this computer. Compare its name with “cloudflared tunnel list”.',
        retry: false,
      },
    };
  }
  return undefined;
}
