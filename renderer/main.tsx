// The page's entry: chooses the host, opens the link, shows the application.
import './app/zod-without-eval.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './design/tokens.css';
import './design/base.css';
import { createRoot } from 'react-dom/client';
import { createClient } from './api/client.ts';
import { App } from './app/app.tsx';
import { chooseHost } from './host/host.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

const host = await chooseHost();
createRoot(root).render(<App client={createClient(host.open)} host={host} />);
