// "Send a test": posts the application's sample to the webhook URL, through the real receiver, as the application would.
import { Agent, request } from 'undici';
import { ProblemError } from '#contract';
import type { Catalog } from '../catalog/catalog.ts';
import { freshSample } from '../catalog/fresh-sample.ts';
import type { DataSources } from './data-sources.ts';

const timeLimitMs = 10_000;

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

export function createSendTest(deps: { dataSources: DataSources; catalog: Catalog }) {
  return async function sendTest(
    id: string,
    signal: AbortSignal,
  ): Promise<{ status: number; captureId?: string | undefined }> {
    const source = deps.dataSources.get(id);
    const [connection] = source.connections;
    if (!connection)
      throw new ProblemError('dataSource.missing', 'This data source has no connection.', { path: 'id' });
    const application = source.applicationId ? deps.catalog.get(source.applicationId) : undefined;
    const sample = application ? freshSample(application) : customSample;
    const dispatcher = new Agent({ connections: 1 });
    try {
      const answer = await request(connection.localUrl, {
        method: 'POST',
        headers: { ...sample.headers, 'content-type': sample.contentType },
        body: sample.body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]),
        dispatcher,
      });
      const text = await answer.body.text();
      const captureId = captureIdOf(text);
      return { status: answer.statusCode, ...(captureId === undefined ? {} : { captureId }) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ProblemError('store.unavailable', `The test could not be sent to the receiver: ${reason}`, {
        retry: true,
      });
    } finally {
      await dispatcher.close();
    }
  };
}

export type SendTest = ReturnType<typeof createSendTest>;

/** Answers of handshakes are the application's own and carry no id. */
function captureIdOf(text: string): string | undefined {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
