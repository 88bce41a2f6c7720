// `npm run build`: builds the screens and the desktop, always.
import { buildPart, desktop, screens } from './build-parts.ts';

try {
  await buildPart(screens);
  await buildPart(desktop);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
