// Says on every screen that the public address changed, and how many applications must be told.
import { notifications } from '@mantine/notifications';
import { useEvent } from '../../api/use-call.ts';
import { text } from '../../text/en.ts';

const words = text.tunnel.addressChange;

export function AddressChangeNotification() {
  useEvent('tunnel.addressChanged', ({ publicUrl, cards }) => {
    notifications.show({
      id: 'tunnel-address',
      color: cards > 0 ? 'orange' : 'gray',
      title: words.title,
      message: words.message(new URL(publicUrl).host, cards),
      closeButtonProps: { 'aria-label': text.window.close },
      autoClose: cards > 0 ? 20_000 : 8_000,
    });
  });
  return null;
}
