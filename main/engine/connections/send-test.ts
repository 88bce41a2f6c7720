// "Send a test": posts the application's sample to the webhook URL, through the real receiver, as the application would: signed where a
// secret is set.
import { Agent, request } from 'undici';
import { ProblemError } from '#contract';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { isCheckable } from '../verification/secret-fault.ts';
import type { ConnectionVerifications } from './connection-verification.ts';
import { sampleFor } from './sample-for.ts';
import { type SampleCall, signSample } from './sign-sample.ts';

const timeLimitMs = 10_000;

const notSigned =
  'The test went out unsigned: only the application has the key that signs its calls. So it was refused, as it must be.';

export function createSendTest(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  verifications: ConnectionVerifications;
}) {
  const { dataSources, catalog, verifications } = deps;
  return async function sendTest(
    id: string,
    connectionId: string | undefined,
    signal: AbortSignal,
  ): Promise<{ status: number; captureId?: string; note?: string }> {
    const source = dataSources.get(id);
    const { connections } = source;
    const connection =
      connectionId === undefined ? connections[0] : connections.find((each) => each.id === connectionId);
    if (!connection)
      throw new ProblemError('connection.missing', 'This data source has no such connection.', {
        path: 'connectionId',
      });
    const sample = sampleFor(source.applicationId ? catalog.get(source.applicationId) : undefined);
    const plain: SampleCall = { method: 'POST', url: connection.localUrl, ...sample };
    const { schemes, secrets } = verifications.of(dataSources.connection(connection.id));
    const [secret] = secrets;
    const mustSign = secret !== undefined && schemes.some(isCheckable);
    const signed = mustSign ? signSample(schemes, secret, plain) : plain;
    const call = signed ?? plain;
    const dispatcher = new Agent({ connections: 1 });
    try {
      const answer = await request(call.url, {
        method: 'POST',
        headers: call.headers,
        body: call.body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]),
        dispatcher,
      });
      const text = await answer.body.text();
      const captureId = captureIdOf(text);
      return {
        status: answer.statusCode,
        ...(captureId === undefined ? {} : { captureId }),
        ...(signed ? {} : { note: notSigned }),
      };
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
