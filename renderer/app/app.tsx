// Puts the providers around the routes. Owns no data.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import type { Client } from '../api/client.ts';
import { ApiProvider } from '../api/use-client.tsx';
import { styleNonce } from '../design/style-nonce.ts';
import { cssVariables, theme } from '../design/theme.ts';
import { ReplayHost } from '../features/replay/replay-host.tsx';
import { AddressChangeNotification } from '../features/tunnel/address-change-notification.tsx';
import type { Host } from '../host/host.ts';
import styles from './app.module.css';
import { CommandPalette } from './command-palette.tsx';
import { Frame } from './frame.tsx';
import { Routes } from './routes.tsx';
import { SignedOut } from './signed-out.tsx';
import { ThemeFromSettings } from './theme-from-settings.tsx';

/** Remembers the last theme, so that the first paint is right before the settings are read. */
const colorSchemeManager = localStorageColorSchemeManager({ key: 'hookbench-theme' });

export function App({ client, host }: { client: Client; host: Host }) {
  const [signedOut, setSignedOut] = useState(false);
  useEffect(() => host.onSignedOut(setSignedOut), [host]);

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={styleNonce}
    >
      <ApiProvider client={client}>
        {signedOut ? (
          <SignedOut />
        ) : (
          <Router>
            <ThemeFromSettings />
            <AddressChangeNotification />
            <Frame>
              <Routes />
            </Frame>
            <ReplayHost />
            <CommandPalette />
          </Router>
        )}
        <Notifications className={styles.notifications} position="bottom-right" limit={4} />
      </ApiProvider>
    </MantineProvider>
  );
}
