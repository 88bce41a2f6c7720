// Must be the first import of the page: the content policy forbids `new Function`, which zod would try for speed when
// the first schema is made.
import { z } from 'zod';

z.config({ jitless: true });
