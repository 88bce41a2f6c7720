// Calls about how long calls are kept.
import { z } from 'zod';
import { retention, retentionPreview, retentionRules } from '../models/retention.ts';
import { id, read, write } from './define.ts';

export const retentionCalls = {
  'retention.get': read(
    'How long calls are kept, what is stored, what was deleted so far.',
    z.object({ dataSourceId: id }),
    z.object({ retention }),
  ),
  'retention.set': write(
    'Sets how long calls are kept; deletes in the background what is beyond it. Never deletes what waits for a mapping or for indexing.',
    z.object({ dataSourceId: id, rules: retentionRules }),
    z.object({ retention }),
  ),
  'retention.preview': read(
    'What would be deleted under these rules; changes nothing.',
    z.object({ dataSourceId: id, rules: retentionRules }),
    z.object({ preview: retentionPreview }),
  ),
};
