// The page's entry. The content policy forbids `new Function`, which zod would try for speed when a schema is made; so zod
// is told first, and everything that makes schemas is loaded after that.
import { z } from 'zod';

z.config({ jitless: true });

const { start } = await import('./app/start.tsx');
await start();
