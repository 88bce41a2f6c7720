// Electron's security checklist (electronjs.org/docs/latest/tutorial/security), one test an item, in its order and
// numbering. What the double can show is shown in desktop.test.ts as well; here stands where each item is kept.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { contentPolicy } from '../../main/content-policy.ts';
import {
  isOwnFrame,
  mayHavePermission,
  mayNavigate,
  mayOpenExternally,
} from '../../main/desktop/security-rules.ts';
import { root } from '../../scripts/build-parts.ts';
import { createElectronDouble } from '../fakes/electron-double.ts';

vi.mock('electron', () => createElectronDouble().electron);
const { windowOptions } = await import('../../main/desktop/windows.ts');

const files = ['main/desktop.ts', ...globSync('main/desktop/*.ts', { cwd: root }), 'preload/preload.ts'];
const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
const state = { width: 1280, height: 800, maximized: false };
const page = windowOptions({ state, dark: false, preload: 'preload.cjs', version: '1' }).webPreferences ?? {};

describe("Electron's security checklist", () => {
  it('1: only secure content is loaded, and only our own', () => {
    expect(source).not.toMatch(/loadURL\(\s*['"`]http/);
    expect(mayNavigate('http://example.com/')).toBe(false);
  });
  it('2: no Node in pages', () => {
    expect(page).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });
  it('3: context isolation', () => expect(page.contextIsolation).toBe(true));
  it('4: sandbox, for every process', () => {
    expect(page.sandbox).toBe(true);
    expect(source).toContain('app.enableSandbox()');
  });
  it('5: permissions are asked for and denied', () => {
    expect(mayHavePermission('media', 'app://hookbench/')).toBe(false);
    expect(source).toContain('setPermissionRequestHandler');
    expect(source).toContain('setPermissionCheckHandler');
  });
  it('6: web security stays on', () => expect(page.webSecurity).toBe(true));
  it('7: a strict content policy', () => {
    const policy = contentPolicy('n');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('*');
  });
  it('8: no insecure content', () => expect(page.allowRunningInsecureContent).toBe(false));
  it('9: no experimental features', () => expect(page.experimentalFeatures).toBe(false));
  it('10: no blink features', () => expect(source).not.toContain('enableBlinkFeatures'));
  it('11: no webview, so no popups of one', () => expect(page.webviewTag).toBe(false));
  it('12: a webview that is attached anyway is refused', () => {
    expect(source).toMatch(/will-attach-webview', \(event\) => event\.preventDefault/);
  });
  it('13: navigation stays at our origin', () => {
    expect(mayNavigate('https://evil.example/')).toBe(false);
    expect(source).toContain("'will-navigate'");
  });
  it('14: no new windows', () => expect(source).toMatch(/setWindowOpenHandler[\s\S]*action: 'deny'/));
  it('15: only vetted links leave, at one place', () => {
    expect(mayOpenExternally('file:///bin/sh')).toBe(false);
    expect(source.match(/shell\.openExternal\(/g)).toHaveLength(1);
  });
  it('16: a current Electron', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(Number(/\d+/.exec(devDependencies['electron'] ?? '')?.[0])).toBeGreaterThanOrEqual(45);
  });
  it('17: the sender of every message is checked', () => {
    expect(isOwnFrame(null)).toBe(false);
    const listeners = source.match(/ipcMain\.(on|handle)\(/g) ?? [];
    const checks = source.match(/!isOwnFrame\(/g) ?? [];
    expect(listeners.length).toBeGreaterThan(0);
    expect(checks).toHaveLength(listeners.length);
  });
  it('18: no file: pages', () => expect(source).not.toMatch(/loadFile\(|file:\/\//));
  it('19: nothing needs what the fuses will switch off', () => {
    // Fuses are set when the program is packed. Until then: no run-as-node, no fork of child_process, no inspect.
    expect(source).not.toMatch(/ELECTRON_RUN_AS_NODE|child_process|--inspect|NODE_OPTIONS/);
  });
  it('20: no Electron interface reaches the page', () => {
    const preload = readFileSync(join(root, 'preload/preload.ts'), 'utf8');
    expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1);
    expect(preload).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
    expect(preload).not.toMatch(/:\s*ipcRenderer(\.\w+)?\s*[,}]/);
  });
});
