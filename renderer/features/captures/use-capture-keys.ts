// The keys of the captures screen. They work wherever nothing is being typed and no window is open.
import { useWindowEvent } from '@mantine/hooks';
import { isModalOpen } from '../../design/is-modal-open.ts';

export type CaptureKeys = Partial<Record<string, () => void>>;

const typing =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], .cm-editor';

export function useCaptureKeys(keys: CaptureKeys): void {
  useWindowEvent('keydown', (event) => {
    if (isModalOpen() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isSwitch = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type);
    if (target instanceof Element && !isSwitch && target.closest(typing)) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
