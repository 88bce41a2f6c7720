// Sentences of the tunnel.
import { countOf, formatCount } from '../../design/formats.ts';

export const tunnel = {
  title: 'Tunnel',
  about: 'Gives the receiver a public URL, so that applications on the internet can call it.',
  states: {
    off: 'Tunnel off',
    connecting: 'Tunnel connecting',
    up: 'Tunnel up',
    degraded: 'Tunnel degraded',
    down: 'Tunnel down',
  },
  plain: {
    off: 'Only this computer can call the receiver.',
    connecting: 'Asking the tunnel host for an address.',
    up: 'The internet can call the receiver at this address.',
    degraded: 'The address answers, but not reliably.',
    down: 'The internet cannot call the receiver right now.',
  },
  start: 'Start tunnel',
  stop: 'Stop tunnel',
  copyUrl: 'Copy the public URL',
  since: 'Since',
  nextTry: 'Next try',
  roundTrip: 'Round trip',
  settings: 'Tunnel settings',
  provider: 'Provider',
  providers: { localtunnel: 'localtunnel', cloudflared: 'cloudflared', ngrok: 'ngrok', fixed: 'Fixed URL' },
  providersAbout: {
    localtunnel: 'Needs nothing on this computer. The public service, or a host of your own.',
    cloudflared: 'Cloudflare’s program. Without an account its address changes at every start.',
    ngrok: 'The agent of ngrok, with the token of its own configuration.',
    fixed: 'Your own reverse proxy or port forwarding. Nothing is opened; the URL is checked.',
  },
  host: 'Tunnel host',
  fields: {
    host: { label: 'Tunnel host', about: 'The public localtunnel server, or your own.', example: '' },
    subdomain: {
      label: 'Subdomain',
      about: 'Asked for, so that the address stays the same. Empty: one by chance, which is remembered.',
      example: '',
    },
    fixedUrl: {
      label: 'Public URL',
      about: 'Where your own proxy receives calls and passes them on to the receiver.',
      example: 'https://hooks.example.com',
    },
    cloudflaredPath: {
      label: 'Program',
      about: 'The full path of cloudflared. Empty: it is looked for on the PATH.',
      example: '/usr/local/bin/cloudflared',
    },
    cloudflaredTunnel: {
      label: 'Named tunnel',
      about: 'Name or UUID of a tunnel of your own, made on this computer. Empty: a quick tunnel.',
      example: '',
    },
    cloudflaredUrl: {
      label: 'Public URL of the named tunnel',
      about: 'The address that your DNS leads to that tunnel.',
      example: 'https://hooks.example.com',
    },
    ngrokPath: {
      label: 'Program',
      about: 'The full path of ngrok. Empty: it is looked for on the PATH.',
      example: '/usr/local/bin/ngrok',
    },
  },
  token: {
    label: 'Token of a named tunnel',
    about: 'From Cloudflare’s dashboard, instead of a name. Kept sealed, never shown again.',
    isSet: 'A token is set. In the dashboard, the service must be the receiver’s address.',
    replace: 'Paste another one to replace it',
    reveal: 'Show what is typed',
    keep: 'Keep the token',
    remove: 'Remove the token',
  },
  programLooking: 'Looking for the program…',
  programFound: (name: string, version: string, path: string) => `${name} ${version} at ${path}`,
  fallbacks: 'When it stays down',
  fallbacksAbout: 'These take over, in this order. The address then is another one.',
  fallbacksNone: 'Nobody takes over',
  fallbackAfter: 'Take over after',
  seconds: ' seconds',
  reach: {
    computer: 'this computer',
    internet: 'the internet',
    computerHint: 'The receiver can be reached from this computer only.',
    internetHint: 'A check came back through the public address.',
    unsureHint: 'The last check through the public address failed.',
    unsure: 'the internet?',
  },
  reachChecked: 'Checked from outside',
  reachUnsure:
    'This address leads through the tunnel, but the last check through it failed. Calls may not arrive.',
  history: {
    chart: 'Round trips in 24 hours',
    summary: (checks: string, failed: number, slowest: string) =>
      `${checks}, ${formatCount(failed)} failed, slowest ${slowest}`,
    dayAgo: '24 h ago',
    now: 'now',
    empty: 'Nothing yet: the tunnel was not up so far.',
    noGaps: 'No gaps: the public URL took calls all the time.',
    gaps: 'When no calls could arrive',
    lasts: 'still so',
    lasted: (time: string) => `for ${time}`,
    lost: (name: string, why: string) => `Calls for ${name} in this time do not come again: ${why}`,
    failed: 'The history of the tunnel could not be read',
  },
  cards: {
    label: 'Changed address',
    title: (count: number) =>
      count === 1
        ? 'The public address changed: one application must be told'
        : `The public address changed: ${formatCount(count)} applications must be told`,
    about: 'Until then their calls go to an address that leads here no more.',
    show: 'Where to paste it',
    hide: 'Hide',
    cardLabel: (name: string) => `Where to paste the new address of ${name}`,
    paste: 'The public address changed. Paste the new one:',
    copy: 'Copy the new URL',
    old: 'Leads here no more:',
    notLive: 'The tunnel is not up now. The new address stands here as soon as it is.',
    where: (application: string) => `In ${application}, replace the old webhook URL by this one.`,
    anyApplication: 'the application',
    done: (application: string) => `Done: ${application} has the new address`,
    notTicked: 'That was not kept',
  },
  addressChange: {
    title: 'The public address changed',
    message: (host: string, cards: number) =>
      cards === 0
        ? `It is ${host} now. No application has to be told.`
        : `It is ${host} now. ${countOf(cards, 'application has', 'applications have')} to be told: see Enterprise Components.`,
  },
  autoStart: 'Start the tunnel when Hookbench starts',
  save: 'Save',
  notSaved: 'The tunnel settings were not saved',
  notStarted: 'The tunnel did not start',
  notStopped: 'The tunnel did not stop',
  changeNote: 'Takes effect the next time the tunnel starts.',
};
