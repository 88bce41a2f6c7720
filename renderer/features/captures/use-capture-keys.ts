// The keys of the captures screen. They work wherever nothing is being typed and no window is open.
import { useWindowEvent } from '@mantine/hooks';
import { isModalOpen } from '../../design/is-modal-open.ts';

export type CaptureKeys = Partial<Record<string, () => void>>;

const typing =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], .cm-editor';

/** Shift alone decides between `r` and `R`: with Caps Lock on, they come the other way round, and one of them sends at once. */
export function keyName({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string {
  if (key.length > 1) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
}

export function useCaptureKeys(keys: CaptureKeys): void {
  useWindowEvent('keydown', (event) => {
    if (isModalOpen() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isSwitch = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
    if (target instanceof Element && !isSwitch && target.closest(typing)) return;
    const name = keyName(event);
    const act = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
