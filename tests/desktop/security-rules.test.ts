// What a page may do: the rules alone, with hostile addresses.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FrameFacts,
  isOwnFrame,
  mayHavePermission,
  mayNavigate,
  mayOpenExternally,
} from '../../main/desktop/security-rules.ts';

const frame = (more: Partial<FrameFacts> = {}): FrameFacts => ({
  origin: 'app://hookbench',
  parent: null,
  detached: false,
  isDestroyed: () => false,
  ...more,
});

describe('navigation', () => {
  it.each(['app://hookbench/', 'app://hookbench/components/ds_1?tab=1#x'])('allows %s', (url) => {
    expect(mayNavigate(url)).toBe(true);
  });
  it.each([
    'app://hookbench.evil/',
    'app://evil/',
    'app://hookbench:81/',
    'app://user@hookbench/',
    'app:hookbench/',
    'file:///etc/passwd',
    'https://hookbench/',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:app://hookbench/1',
    'about:blank',
    '',
  ])('refuses %s', (url) => {
    expect(mayNavigate(url)).toBe(false);
  });
});

describe('links to the outside', () => {
  it.each(['https://docs.github.com/webhooks', 'https://mailchimp.com/developer/?a=b#c'])(
    'opens %s',
    (url) => {
      expect(mayOpenExternally(url)).toBe(true);
    },
  );
  it.each([
    'http://example.com/',
    'https://user:secret@example.com/',
    'https://localhost/',
    'https://printer.local/',
    'https://router.lan./',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://intranet/',
    'file:///C:/Windows/System32/calc.exe',
    'ms-settings:privacy',
    'smb://host/share',
    'javascript:alert(1)',
    'vscode://file/x',
    `https://example.com/${'a'.repeat(2048)}`,
    'not a url',
  ])('refuses %s', (url) => {
    expect(mayOpenExternally(url)).toBe(false);
  });
  it('opens nothing but https, whatever stands there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] })), (url) => {
        if (mayOpenExternally(url)) expect(new URL(url).protocol).toBe('https:');
      }),
    );
  });
});

describe('frames', () => {
  it('knows our own main frame', () => expect(isOwnFrame(frame())).toBe(true));
  it.each<[string, FrameFacts | null]>([
    ['no frame', null],
    ['a frame inside', frame({ parent: {} })],
    ['another origin', frame({ origin: 'https://evil.example' })],
    ['an opaque origin', frame({ origin: 'null' })],
    ['a frame that is being replaced', frame({ detached: true })],
    ['a frame that is gone', frame({ isDestroyed: () => true })],
  ])('refuses %s', (_name, given) => expect(isOwnFrame(given)).toBe(false));
});

describe('permissions', () => {
  it('lets our pages write to the clipboard', () => {
    expect(mayHavePermission('clipboard-sanitized-write', 'app://hookbench/')).toBe(true);
    expect(mayHavePermission('clipboard-sanitized-write', 'app://hookbench')).toBe(true);
  });
  it('gives it to no one else', () => {
    expect(mayHavePermission('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  });
  it.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'usb', 'unknown'])(
    'denies %s',
    (name) => expect(mayHavePermission(name, 'app://hookbench/')).toBe(false),
  );
});
