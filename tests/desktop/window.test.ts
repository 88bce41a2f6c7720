// The window's options and place, the failure page, the menu: pure functions of facts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapeText, failurePage } from '../../main/desktop/failure-page.ts';
import { menuTemplate } from '../../main/desktop/menu.ts';
import { fitToScreens, readWindowState, writeWindowState } from '../../main/desktop/window-state.ts';
import { createElectronDouble } from '../fakes/electron-double.ts';

vi.mock('electron', () => createElectronDouble().electron);
const { windowOptions } = await import('../../main/desktop/windows.ts');

const folder = mkdtempSync(join(tmpdir(), 'hookbench-window-'));
afterAll(() => rmSync(folder, { recursive: true }));

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const state = { x: 10, y: 20, width: 1000, height: 700, maximized: false };

describe('window options', () => {
  const options = windowOptions({ state, dark: true, preload: '/p/preload.cjs', version: '1.2.3' });
  it('keeps every protection on', () => {
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      preload: '/p/preload.cjs',
      additionalArguments: ['--hookbench-version=1.2.3'],
    });
    expect(options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
  });
  it('stays hidden until there is something to show, in the colour of the theme', () => {
    expect(options).toMatchObject({ show: false, x: 10, y: 20, width: 1000, height: 700, minWidth: 720 });
    expect(options.backgroundColor).not.toBe(
      windowOptions({ state, dark: false, preload: '', version: '' }).backgroundColor,
    );
  });
});

describe('the remembered place', () => {
  const file = join(folder, 'window.json');
  it('comes back as it was written', () => {
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });
  it.each(['', 'null', '{', '{"width":"wide"}', '{"width":10,"height":10,"maximized":false}', '[]'])(
    'is the default where the file says %j',
    (content) => {
      writeFileSync(file, content);
      expect(readWindowState(file)).toEqual({ width: 1280, height: 800, maximized: false });
    },
  );
  it('is the default where there is no file', () => {
    expect(readWindowState(join(folder, 'none.json'))).toMatchObject({ width: 1280 });
  });
});

describe('fitting to the screens', () => {
  it('leaves a window that is on a screen where it was', () => {
    expect(fitToScreens(state, [screen])).toEqual(state);
  });
  it('lets the system place a window whose screen is gone', () => {
    expect(fitToScreens({ ...state, x: 3000, y: 100 }, [screen])).toEqual({
      width: 1000,
      height: 700,
      maximized: false,
    });
    expect(fitToScreens({ ...state, x: 1900, y: 100 }, [screen])).not.toHaveProperty('x');
  });
  it('pulls a window inside that hangs over the edge', () => {
    expect(fitToScreens({ ...state, x: 1500, y: 900 }, [screen])).toMatchObject({ x: 920, y: 340 });
  });
  it('never makes a window that is partly off its screen or larger than it', () => {
    const place = fc.record({
      x: fc.integer({ min: -9000, max: 9000 }),
      y: fc.integer({ min: -9000, max: 9000 }),
      width: fc.integer({ min: 720, max: 9000 }),
      height: fc.integer({ min: 480, max: 9000 }),
      maximized: fc.boolean(),
    });
    const areas = [screen, { x: -1280, y: 200, width: 1280, height: 800 }];
    fc.assert(
      fc.property(place, (given) => {
        const { x, y, width, height } = fitToScreens(given, areas);
        const inside = areas.some((area) => {
          if (x === undefined || y === undefined) return width <= area.width && height <= area.height;
          return (
            x >= area.x &&
            y >= area.y &&
            x + width <= area.x + area.width &&
            y + height <= area.y + area.height
          );
        });
        expect(inside).toBe(true);
      }),
    );
  });
});

describe('the failure page', () => {
  it('shows reason, advice and log, all as text', () => {
    const page = failurePage(
      {
        code: 'folderLocked',
        message: 'Locked <b>',
        logTail: ['<script>alert(1)</script>', '\u202Eevil\u001b[31m'],
      },
      '/data & more',
    );
    expect(page).toContain('Locked &#60;b&#62;');
    expect(page).not.toContain('If it stops again');
    expect(page).toContain('/data &#38; more');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u202E');
    expect(page).toContain('href="app://hookbench/"');
    expect(page).toContain('nonce="__CSP_NONCE__"');
  });
  it('says so where there is no log, and what to do after a crash', () => {
    const page = failurePage({ code: 'crashed', message: 'x', logTail: [] }, '/d');
    expect(page).toContain('The engine wrote nothing.');
    expect(page).toContain('If it stops again');
  });
  it('lets no markup through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"'\u202a-\u202e]/);
      }),
    );
  });
});

describe('the menu', () => {
  const openDataFolder = vi.fn();
  it('has the developer tools from the sources only', () => {
    const template = (packaged: boolean) =>
      JSON.stringify(menuTemplate({ platform: 'linux', packaged, openDataFolder }));
    expect(template(false)).toContain('toggleDevTools');
    expect(template(true)).not.toContain('toggleDevTools');
  });
  it("begins with the application's menu on macOS", () => {
    expect(menuTemplate({ platform: 'darwin', packaged: true, openDataFolder })[0]).toEqual({
      role: 'appMenu',
    });
  });
});
