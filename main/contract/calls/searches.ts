// Calls about saved searches.
import { z } from 'zod';
import { savedSearch } from '../models/search.ts';
import { maxQueryLength } from '../query/read-query.ts';
import { id, name, nothing, read, write } from './define.ts';

export const searchesCalls = {
  'searches.list': read(
    'The saved searches, of all data sources and for all of them.',
    nothing,
    z.object({ searches: z.array(savedSearch) }),
  ),
  'searches.save': write(
    'Keeps a search under a name; with `id` an earlier one is changed.',
    z.object({
      id: id.optional(),
      name,
      query: z.string().trim().min(1, 'Type a search.').max(maxQueryLength),
      dataSourceId: id.optional(),
    }),
    z.object({ search: savedSearch }),
  ),
  'searches.remove': write('Forgets a saved search.', z.object({ id }), nothing),
};
