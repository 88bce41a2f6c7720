// The sample call of a data source: the application's own as a new delivery, or a small JSON object where there is no application.
import type { Application } from '#contract';
import { freshSample } from '../catalog/fresh-sample.ts';

const customSample = {
  contentType: 'application/json',
  headers: {},
  body: JSON.stringify({
    id: 'test-1001',
    title: 'A first call',
    status: 'new',
    contact: { name: 'Ada Example', email: 'ada@example.com' },
    tags: ['test', 'hookbench'],
  }),
};

export function sampleFor(application: Application | undefined): {
  headers: Record<string, string>;
  body: string;
} {
  const { headers, contentType, body } = application ? freshSample(application) : customSample;
  return { headers: { ...headers, ...(contentType ? { 'content-type': contentType } : {}) }, body };
}
