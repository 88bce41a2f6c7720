// A public URL that the user's own proxy or port forwarding leads to the receiver. Nothing is opened; the supervisor's probe judges it.
import { type OpenTunnel, readPublicUrl, TunnelFailure, type TunnelProvider } from './tunnel-provider.ts';

export function createFixedProvider(): TunnelProvider {
  async function open({ settings, signal }: Parameters<TunnelProvider['open']>[0]): Promise<OpenTunnel> {
    signal.throwIfAborted();
    const url = readPublicUrl(settings.fixedUrl);
    if (url === undefined) {
      throw new TunnelFailure(
        settings.fixedUrl.trim() === ''
          ? 'No public URL is set. Type the address of your own proxy in the tunnel settings.'
          : 'The public URL in the tunnel settings is not usable. It must be an http or https address without a password, query or fragment.',
        { retry: false },
      );
    }
    return { url, onLost: () => undefined, close: () => Promise.resolve() };
  }
  return { open };
}
