// Calls about the catalog of applications.
import { z } from 'zod';
import { application, applicationSummary } from '../models/application.ts';
import { id, read } from './define.ts';

export const applicationsCalls = {
  'applications.list': read(
    'The catalog, best match first; all of it without `search`.',
    z.object({ search: z.string().max(200).optional() }),
    z.object({ applications: z.array(applicationSummary) }),
  ),
  'applications.get': read(
    'One application with its set-up steps, suggested mapping and sample.',
    z.object({ id }),
    z.object({ application }),
  ),
};
