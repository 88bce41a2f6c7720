// What the outside sees of a phase of the tunnel. Pure.
import type { TunnelProvider as ProviderName, TunnelState } from '#contract';
import type { TunnelPhase } from './tunnel-states.ts';

const names: Record<ProviderName, string> = {
  localtunnel: 'localtunnel',
  cloudflared: 'cloudflared',
  ngrok: 'ngrok',
  fixed: 'the fixed URL',
};

/** `choices` are the providers in the order in which they take over; at least one. */
export function showTunnel(phase: TunnelPhase, choices: readonly ProviderName[]): TunnelState {
  const first = choices[0] ?? 'localtunnel';
  const provider = (phase.status === 'off' ? first : choices[phase.course.choice % choices.length]) ?? first;
  const shown: TunnelState = { provider, status: phase.status, since: iso(phase.since) };
  if (provider !== first) shown.standsInFor = first;
  if (phase.status === 'up' || phase.status === 'degraded') {
    shown.publicUrl = phase.url;
    shown.probedAt = iso(phase.probedAt);
  }
  const reason = phase.status === 'off' ? undefined : phase.status === 'up' ? phase.notice : phase.reason;
  const takeOver =
    provider === first || phase.status === 'off'
      ? undefined
      : `${capital(names[first])} stayed down, so ${names[provider]} ${phase.status === 'up' || phase.status === 'degraded' ? 'gives the address' : 'is tried'} instead.`;
  const told = [takeOver, reason].filter((each) => each !== undefined).join(' ');
  if (told !== '') shown.reason = told;
  if (phase.status === 'up') {
    shown.roundTripMs = phase.roundTripMs;
    shown.reach = phase.reach;
  }
  if (phase.status === 'down' && phase.nextTryAt !== undefined) shown.nextTryAt = iso(phase.nextTryAt);
  return shown;
}

const iso = (at: number): string => new Date(at).toISOString();
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
