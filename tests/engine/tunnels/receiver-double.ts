// A small HTTP server in the receiver's place: answers probes, echoes bodies, and can break off uploads.
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { TunnelSettings, TunnelState } from '#contract';
import { createFixedProvider } from '../../../main/engine/tunnels/fixed.ts';
import { createLocaltunnelProvider } from '../../../main/engine/tunnels/localtunnel.ts';
import { createOutsideFetch } from '../../../main/engine/tunnels/outside-fetch.ts';
import type { TunnelProviders } from '../../../main/engine/tunnels/providers.ts';
import type { TunnelProvider } from '../../../main/engine/tunnels/tunnel-provider.ts';
import {
  createTunnelSupervisor,
  type TunnelSupervisor,
  type TunnelSupervisorDeps,
} from '../../../main/engine/tunnels/tunnel-supervisor.ts';

export interface ReceiverDouble {
  readonly port: number;
  answerProbe: (path: string) => string | undefined;
  /** Emits `refused` after an upload to /refuse was answered with 413 and reset. */
  readonly events: EventEmitter;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<ReceiverDouble> {
  const events = new EventEmitter();
  const server = createServer(async (incoming, answer) => {
    const probeAnswer = receiver.answerProbe(incoming.url ?? '');
    if (probeAnswer !== undefined) {
      answer.writeHead(200, { 'content-type': 'text/plain' }).end(probeAnswer);
    } else if (incoming.url === '/refuse') {
      answer.writeHead(413, { connection: 'close' }).end('too large', () => {
        incoming.socket.resetAndDestroy();
        events.emit('refused');
      });
    } else if (incoming.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      answer.writeHead(200, { 'x-host': incoming.headers.host ?? '' }).end(Buffer.concat(chunks));
    } else {
      answer.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const receiver: ReceiverDouble = {
    port: address.port,
    answerProbe: () => undefined,
    events,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
}

export interface Watched {
  readonly tunnel: TunnelSupervisor;
  readonly states: TunnelState[];
  /** The first state from now on, the present one included, for which `wanted` holds. */
  until(wanted: (state: TunnelState) => boolean): Promise<TunnelState>;
}

export const someSettings: TunnelSettings = {
  provider: 'localtunnel',
  host: '',
  subdomain: '',
  fixedUrl: '',
  cloudflaredPath: '',
  cloudflaredTunnel: '',
  cloudflaredUrl: '',
  ngrokPath: '',
  fallbacks: [],
  fallbackAfterS: 120,
  autoStart: false,
};

const notHere: TunnelProvider = { open: () => Promise.reject(new Error('not in this test')) };

/** The providers that need no program; a test puts others in their places. */
export const someProviders = (): TunnelProviders => ({
  localtunnel: createLocaltunnelProvider({ fetch: createOutsideFetch() }),
  cloudflared: notHere,
  ngrok: notHere,
  fixed: createFixedProvider(),
});

/** A supervisor on the receiver whose pauses pass twenty times as fast, and whose states can be awaited. */
export function watchTunnel(
  receiver: ReceiverDouble,
  settings: Partial<TunnelSettings>,
  deps: Partial<TunnelSupervisorDeps> = {},
): Watched {
  const states: TunnelState[] = [];
  const changes = new EventEmitter();
  const tunnel = createTunnelSupervisor({
    port: receiver.port,
    readSettings: () => ({ ...someSettings, ...settings }),
    onChange: (state) => {
      states.push(state);
      changes.emit('change', state);
    },
    timers: {
      now: () => Date.now(),
      random: () => Math.random(),
      after(ms, run) {
        const timer = setTimeout(run, ms / 20);
        return () => clearTimeout(timer);
      },
    },
    providers: someProviders(),
    openLimitMs: 100_000,
    ...deps,
  });
  receiver.answerProbe = tunnel.answerProbe;
  return {
    tunnel,
    states,
    until: (wanted) =>
      new Promise((resolve) => {
        if (wanted(tunnel.state())) return resolve(tunnel.state());
        changes.on('change', function look(state: TunnelState) {
          if (!wanted(state)) return;
          changes.off('change', look);
          resolve(state);
        });
      }),
  };
}
