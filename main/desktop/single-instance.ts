// One Hookbench a data folder: a second start brings the first one's window to the front and ends. The lock is scoped to
// the window's profile folder, so this stands after that folder is set.
import { app } from 'electron';

/** False where this program must end at once. `onSecond` is called for each later start by the user. */
export function isOnlyInstance(onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
}
