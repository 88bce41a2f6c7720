// What a page may do, as pure functions. Threat: a hostile payload or a broken dependency runs script in the window and
// tries to leave our origin, to open programs through links, to ask for powers, or to speak to the shell from a frame
// that is not ours. Everything is refused unless a rule here allows it.

export const appScheme = 'app';
export const appHost = 'hookbench';
/** The origin of our own pages as Chromium serialises it. */
export const appOrigin = `${appScheme}://${appHost}`;

/** The parts of Electron's `WebFrameMain` that tell whose frame it is. */
export interface FrameFacts {
  readonly origin: string;
  readonly parent: object | null;
  readonly detached: boolean;
  isDestroyed(): boolean;
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

/** True where the window may go to `url`: our own pages only. */
export function mayNavigate(url: string): boolean {
  const target = parsed(url);
  return (
    target !== undefined &&
    target.protocol === `${appScheme}:` &&
    target.host === appHost &&
    !target.username &&
    !target.password
  );
}

/**
 * True where `url` may be handed to the operating system's browser: https at a public host name, without credentials and
 * of a length that every system takes. No other scheme, since those start programs; no address of this machine or
 * network, since a link in a payload must not reach what stands behind the firewall.
 */
export function mayOpenExternally(url: string): boolean {
  const target = parsed(url);
  if (!target || url.length > 2048) return false;
  if (target.protocol !== 'https:' || target.username || target.password) return false;
  const host = target.hostname.replace(/\.$/, '');
  const isAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  const isPrivateName = /(^|\.)(localhost|local|internal|lan|home|arpa)$/.test(host);
  return host.includes('.') && !isAddress && !isPrivateName;
}

/** True where the frame is the main frame of one of our windows and shows our own origin, now. */
export function isOwnFrame(frame: FrameFacts | null): boolean {
  return (
    frame !== null &&
    !frame.isDestroyed() &&
    !frame.detached &&
    frame.parent === null &&
    frame.origin === appOrigin
  );
}

/** Only writing text to the clipboard (the copy buttons), and only for our own pages. */
export function mayHavePermission(permission: string, requestingUrl: string): boolean {
  return permission === 'clipboard-sanitized-write' && mayNavigate(requestingUrl);
}
