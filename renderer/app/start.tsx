// Chooses the host, opens the link and shows the application.
import '../design/layers.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import '../design/tokens.css';
import '../design/base.css';
import { createRoot } from 'react-dom/client';
import { createClient } from '../api/client.ts';
import { chooseHost } from '../host/host.ts';
import { App } from './app.tsx';

export async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root.');
  const host = await chooseHost();
  createRoot(root).render(<App client={createClient(host.open)} host={host} />);
}
