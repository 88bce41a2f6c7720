// Window or browser? Pure: facts in, a decision and its one plain sentence out.

export interface HostFacts {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  /** 0 for root; undefined where there is no such thing. */
  userId: number | undefined;
  arguments: readonly string[];
}

/** Flags that only the browser host has; who gives one has chosen. */
const browserFlags = ['--control-port', '--token', '--no-open'];

/** The sentence why it must be the browser, or undefined where a window is possible as far as can be told beforehand. */
export function whyBrowser({ platform, env, userId, arguments: given }: HostFacts): string | undefined {
  const flag = browserFlags.find((name) => given.some((one) => one === name || one.startsWith(`${name}=`)));
  if (flag) return `Hookbench runs for the browser, because ${flag} was given.`;
  if (platform !== 'linux') return undefined;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return 'There is no display here for a window, so Hookbench runs for the browser.';
  }
  if (userId === 0) {
    return "Electron's sandbox does not run as root, so Hookbench opens in your browser.";
  }
  return undefined;
}

/** `reason` is the middle of a sentence, e.g. `no network`. */
export function notDownloaded(reason: string): string {
  return `Electron's program could not be downloaded (${reason}), so Hookbench opens in your browser.`;
}

/** What stopped Electron right at its start, from what it wrote; one line, without addresses of its own code. */
export function notStarted(output: string): string {
  const library = /error while loading shared libraries: ([\w.+-]+)/.exec(output)?.[1];
  const reason = library ? `the system library ${library} is missing` : startReason(output);
  return `Electron could not start (${reason}), so Hookbench opens in your browser.`;
}

function startReason(output: string): string {
  if (/sandbox/i.test(output)) return 'its sandbox is not allowed on this system';
  if (/display|X server|ozone/i.test(output)) return 'it could not reach the display';
  return 'it ended at once';
}
