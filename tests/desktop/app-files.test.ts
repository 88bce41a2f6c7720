// The files of `app://hookbench/`: what is served, with which headers, and what never is.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, fileForPath } from '../../main/desktop/app-files.ts';

let home = '';
let folder = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'hookbench-protocol-'));
  folder = join(home, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(
    join(folder, 'index.html'),
    '<meta content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  );
  writeFileSync(join(folder, 'assets', 'main-x1.js'), 'export {};');
  writeFileSync(join(folder, '.sources'), 'stamp');
  writeFileSync(join(home, 'secret.json'), '"secret"');
});
afterAll(() => rmSync(home, { recursive: true }));

const get = (path: string, init?: RequestInit, failure?: string) =>
  answer(new Request(`app://hookbench${path}`, init), { folder, failurePage: () => failure });

describe('app://hookbench/', () => {
  it('serves index.html with the policy and a nonce that is fresh each time', async () => {
    const nonces = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const response = await get('/');
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      const page = await response.text();
      expect(page).toBe(`<meta content="${nonce}"><style nonce="${nonce}"></style>`);
      expect(Buffer.from(nonce, 'base64').length).toBeGreaterThanOrEqual(16);
      expect(response.headers.get('cache-control')).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it.each(['/components/ds_1', '/settings', '/a/b/c', '/index.html'])(
    'answers %s with the page',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    },
  );

  it('serves an asset with its type', async () => {
    const response = await get('/assets/main-x1.js');
    expect(await response.text()).toBe('export {};');
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/assets/missing.js',
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/assets/%2e%2e/%2e%2e/secret.json',
    '/.sources',
    '/assets//main-x1.js',
    '/assets/main-x1.js%00.js',
    '/C:/secret.json',
    '/engine-failed.json',
  ])('has nothing at %s', async (path) => {
    const response = await get(path);
    const text = await response.text();
    expect(text).not.toContain('secret');
    expect(text).not.toContain('stamp');
    expect(response.status === 404 || text.includes('<meta')).toBe(true);
  });

  it('answers no other host and no other method', async () => {
    const foreign = await answer(new Request('app://other/index.html'), {
      folder,
      failurePage: () => undefined,
    });
    expect(foreign.status).toBe(404);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it('has the failure page only while there is a failure', async () => {
    expect((await get('/engine-failed')).status).toBe(404);
    const response = await get('/engine-failed', {}, '<style nonce="__CSP_NONCE__"></style>');
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('__CSP_NONCE__');
  });

  it('never names a file outside of its folder', () => {
    const hostile = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('..', '.', '%2e%2e', '\\', '/', 'a', 'C:', '\0', '~', 'assets'), {
          maxLength: 8,
        })
        .map((parts) => `/${parts.join('/')}`),
    );
    fc.assert(
      fc.property(hostile, (path) => {
        const file = fileForPath(folder, path);
        if (file !== undefined) expect(file.startsWith(folder + sep)).toBe(true);
      }),
    );
  });
});
