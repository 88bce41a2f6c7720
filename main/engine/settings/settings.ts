// What is set for the whole application: read once, kept in memory, written before it counts.
import { basename, isAbsolute } from 'node:path';
import { ProblemError, type Settings, settings as settingsSchema, type TunnelSettings } from '#contract';
import type { Changes } from '../changes.ts';
import type { Database } from '../store/database.ts';
import { createSettingsTable } from './settings-table.ts';

const defaults: Settings = {
  theme: 'system',
  tunnel: {
    provider: 'localtunnel',
    host: 'https://localtunnel.me',
    subdomain: '',
    fixedUrl: '',
    cloudflaredPath: '',
    cloudflaredTunnel: '',
    cloudflaredUrl: '',
    ngrokPath: '',
    fallbacks: [],
    fallbackAfterS: 120,
    autoStart: false,
  },
  backups: { daily: true, keep: 3 },
};

const key = 'application';

export function createSettings(database: Database, changes: Changes) {
  const table = createSettingsTable(database);
  const stored = settingsSchema.safeParse(withDefaults(table.read(key)));
  let current = stored.success ? stored.data : defaults;

  return {
    get: (): Settings => current,
    /** Throws `settings.invalid` and changes nothing when a value cannot be used. */
    update(change: {
      theme?: Settings['theme'] | undefined;
      tunnel?: Partial<TunnelSettings> | undefined;
      backups?: { daily?: boolean | undefined; keep?: number | undefined } | undefined;
    }): Settings {
      const next: Settings = {
        theme: change.theme ?? current.theme,
        tunnel: { ...current.tunnel, ...change.tunnel },
        backups: {
          daily: change.backups?.daily ?? current.backups.daily,
          keep: change.backups?.keep ?? current.backups.keep,
        },
      };
      next.tunnel.host = checkedUrl(next.tunnel.host, 'tunnel.host', 'The tunnel host', false);
      next.tunnel.fixedUrl = checkedUrl(
        next.tunnel.fixedUrl,
        'tunnel.fixedUrl',
        'The fixed public URL',
        true,
      );
      next.tunnel.cloudflaredUrl = checkedUrl(
        next.tunnel.cloudflaredUrl,
        'tunnel.cloudflaredUrl',
        'The public URL of the cloudflared tunnel',
        true,
      );
      next.tunnel.cloudflaredTunnel = next.tunnel.cloudflaredTunnel.trim();
      if (!/^([A-Za-z0-9][A-Za-z0-9._ -]*)?$/.test(next.tunnel.cloudflaredTunnel)) {
        throw new ProblemError(
          'settings.invalid',
          'The name of a cloudflared tunnel begins with a letter or digit and holds letters, digits, dots, dashes and blanks.',
          { path: 'tunnel.cloudflaredTunnel' },
        );
      }
      for (const program of ['cloudflared', 'ngrok'] as const) {
        next.tunnel[`${program}Path`] = checkedProgram(next.tunnel[`${program}Path`], program);
      }
      next.tunnel.fallbacks = [...new Set(next.tunnel.fallbacks)].filter(
        (provider) => provider !== next.tunnel.provider,
      );
      if (!/^([a-z0-9]([a-z0-9-]{2,61}[a-z0-9])?)?$/.test(next.tunnel.subdomain)) {
        throw new ProblemError(
          'settings.invalid',
          'The subdomain may hold small letters, digits and dashes, 4 to 63 of them.',
          { path: 'tunnel.subdomain' },
        );
      }
      table.write(key, next);
      current = next;
      changes.tell('settings.changed', { settings: current });
      return current;
    },
  };
}

export type SettingsStore = ReturnType<typeof createSettings>;

/** What an older version stored knows nothing of newer settings. */
function withDefaults(stored: unknown): unknown {
  const whole = asObject(stored);
  return stored === undefined
    ? undefined
    : {
        ...defaults,
        ...whole,
        tunnel: { ...defaults.tunnel, ...asObject(whole['tunnel']) },
        backups: { ...defaults.backups, ...asObject(whole['backups']) },
      };
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The full path of a program, or nothing. Only a file of its name is ever run. */
function checkedProgram(text: string, program: 'cloudflared' | 'ngrok'): string {
  const path = text.trim();
  if (path === '') return '';
  if (!isAbsolute(path) || !basename(path).toLowerCase().startsWith(program)) {
    throw new ProblemError(
      'settings.invalid',
      `Type the full path of the program; its name begins with ${program}.`,
      { path: `tunnel.${program}Path` },
    );
  }
  return path;
}

/** The URL without a slash at its end. */
function checkedUrl(text: string, path: string, what: string, mayBeEmpty: boolean): string {
  const trimmed = text.trim();
  if (trimmed === '' && mayBeEmpty) return '';
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new ProblemError(
      'settings.invalid',
      `${what} must be an address that starts with https:// or http://.`,
      {
        path,
      },
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ProblemError('settings.invalid', `${what} must not hold a user name, a query or a fragment.`, {
      path,
    });
  }
  return url.href.replace(/\/+$/, '');
}
