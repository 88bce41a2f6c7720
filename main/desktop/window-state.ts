// Where the window was: a small JSON file in the window's own folder, validated when read, and fitted to the screens that
// are there now. A broken or missing file means the default place, never an error.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

export const minimumSize = { width: 720, height: 480 };
export const defaultSize = { width: 1280, height: 800 };

const coordinate = z.number().int().min(-100_000).max(100_000);
const windowState = z.object({
  x: coordinate.optional(),
  y: coordinate.optional(),
  width: z.number().int().min(minimumSize.width).max(100_000),
  height: z.number().int().min(minimumSize.height).max(100_000),
  maximized: z.boolean(),
});
/** In device-independent pixels; without x and y the system places the window. */
export type WindowState = z.infer<typeof windowState>;

export function readWindowState(file: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing, not JSON, or not a state: all the same, the default place is right.
    return { ...defaultSize, maximized: false };
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
}

/**
 * The state as it fits the screens now: never larger than the screen it is on, wholly inside that screen's work area.
 * A window that no longer touches any screen loses its place, so that the system chooses one.
 */
export function fitToScreens(state: WindowState, workAreas: readonly Rectangle[]): WindowState {
  const { x, y, maximized } = state;
  const primary = workAreas[0];
  if (!primary) return state;
  const area =
    x === undefined || y === undefined
      ? undefined
      : workAreas.find((one) => reaches({ ...state, x, y }, one));
  const bounds = area ?? primary;
  const width = Math.min(state.width, bounds.width);
  const height = Math.min(state.height, bounds.height);
  if (!area || x === undefined || y === undefined) return { width, height, maximized };
  return {
    x: Math.min(Math.max(x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(y, area.y), area.y + area.height - height),
    width,
    height,
    maximized,
  };
}

/** True where enough of the window is on the screen to take hold of it: 64 pixels each way. */
function reaches(window: Rectangle, area: Rectangle): boolean {
  const shownX = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const shownY = Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y);
  return shownX >= 64 && shownY >= 64;
}
