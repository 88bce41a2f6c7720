// What is set for the whole application: read once, kept in memory, written before it counts.
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
    autoStart: false,
  },
};

const key = 'application';

export function createSettings(database: Database, changes: Changes) {
  const table = createSettingsTable(database);
  const stored = settingsSchema.safeParse(table.read(key));
  let current = stored.success ? stored.data : defaults;

  return {
    get: (): Settings => current,
    /** Throws `settings.invalid` and changes nothing when a value cannot be used. */
    update(change: {
      theme?: Settings['theme'] | undefined;
      tunnel?: Partial<TunnelSettings> | undefined;
    }): Settings {
      const next: Settings = {
        theme: change.theme ?? current.theme,
        tunnel: { ...current.tunnel, ...change.tunnel },
      };
      next.tunnel.host = checkedUrl(next.tunnel.host, 'tunnel.host', 'The tunnel host', false);
      next.tunnel.fixedUrl = checkedUrl(
        next.tunnel.fixedUrl,
        'tunnel.fixedUrl',
        'The fixed public URL',
        true,
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
