// "Probe my endpoint": plays the application's handshakes, its sample rightly and wrongly signed, and an unsigned one against the running
// receiver, over a real socket. Nothing of it is stored, no secret of a handshake is kept.
import { Agent, request } from 'undici';
import { type CallVerification, type ProbeResult, ProblemError } from '#contract';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { type ProbeCalls, probeHeader } from '../receiver/probe-calls.ts';
import { deliveryReply } from '../verification/handshakes.ts';
import { isCheckable } from '../verification/secret-fault.ts';
import type { ConnectionVerifications } from './connection-verification.ts';
import { handshakePlays, type Play, type PlayAnswer } from './handshake-plays.ts';
import { sampleFor } from './sample-for.ts';
import { type SampleCall, signSample } from './sign-sample.ts';

const timeLimitMs = 10_000;
const mostShownCharacters = 200;

export function createProbeEndpoint(deps: {
  dataSources: DataSources;
  catalog: Catalog;
  verifications: ConnectionVerifications;
  probeCalls: ProbeCalls;
}) {
  const { dataSources, catalog, verifications, probeCalls } = deps;

  /** Throws `connection.missing`, and `store.unavailable` where the receiver cannot be reached. */
  return async function probeEndpoint(id: string, signal: AbortSignal): Promise<ProbeResult[]> {
    const connection = dataSources.connection(id);
    const url = dataSources.get(connection.dataSourceId).connections.find((each) => each.id === id)?.localUrl;
    if (url === undefined) throw new ProblemError('connection.missing', 'This connection has no URL.');
    const definition =
      connection.applicationId === undefined ? undefined : catalog.definition(connection.applicationId);
    const { schemes, secrets, verifyToken } = verifications.of(connection);
    const [secret] = secrets;
    const dispatcher = new Agent({ connections: 1 });

    async function send(call: SampleCall): Promise<PlayAnswer & { verification?: CallVerification }> {
      const { mark, judged, end } = probeCalls.mark();
      try {
        const answer = await request(call.url, {
          method: call.method,
          headers: { ...call.headers, [probeHeader]: mark },
          ...(call.method === 'GET' || call.method === 'HEAD' ? {} : { body: call.body }),
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]),
          dispatcher,
        });
        const body = await answer.body.text();
        const verification = judged()?.verification;
        return {
          status: answer.statusCode,
          headers: answer.headers,
          body,
          ...(verification ? { verification } : {}),
        };
      } catch (error) {
        signal.throwIfAborted();
        const reason = error instanceof Error ? error.message : String(error);
        throw new ProblemError('store.unavailable', `The receiver did not answer the probe: ${reason}`, {
          retry: true,
        });
      } finally {
        end();
      }
    }

    /** `secret` undefined: the call goes out unsigned. */
    function toSend({ call, signed }: Play): SampleCall | undefined {
      const query = new URLSearchParams(call.query).toString();
      const plain: SampleCall = { ...call, url: query === '' ? (url ?? '') : `${url}?${query}` };
      if (signed === undefined || secret === undefined) return plain;
      return signed === 'right' ? signSample(schemes, secret, plain) : wronglySigned(plain);
    }

    /** Signed, and then changed by one byte; with a changed secret where the secret itself is what is sent. */
    function wronglySigned(call: SampleCall): SampleCall | undefined {
      return signSample(schemes, wrongSecret(secret ?? ''), call);
    }

    async function play(each: Play): Promise<ProbeResult> {
      const call = toSend(each);
      const facts = { name: each.name, expected: each.expected };
      if (!call) {
        return {
          ...facts,
          passed: false,
          skipped: true,
          got: 'not played: only the application has the key that signs this',
        };
      }
      const answer = await send(call);
      const passed = each.passes(answer);
      return {
        ...facts,
        passed,
        got: passed && isStatus(each.expected) ? String(answer.status) : shown(answer),
        ...(answer.verification ? { verification: answer.verification } : {}),
      };
    }

    const sample = { ...sampleFor(definition && catalog.get(definition.id)), method: 'POST' };
    const reply = connection.receiving.answer ?? deliveryReply(definition);
    const sampleCall = { method: 'POST', query: {}, headers: sample.headers, body: sample.body };
    const expected = reply?.status ?? 200;
    const isTaken = (answer: PlayAnswer) =>
      answer.status === expected && (reply === undefined || answer.body === reply.body);
    const isRefused = ({ status }: PlayAnswer) => status === 401;
    const checks = secret !== undefined && schemes.some(isCheckable);
    const samples: Play[] = checks
      ? [
          {
            name: 'Sample, rightly signed',
            call: sampleCall,
            signed: 'right',
            expected: String(expected),
            passes: isTaken,
          },
          {
            name: 'Sample, wrongly signed',
            call: sampleCall,
            signed: 'wrong',
            expected: '401',
            passes: isRefused,
          },
          { name: 'Sample, not signed', call: sampleCall, expected: '401', passes: isRefused },
        ]
      : [{ name: 'Sample', call: sampleCall, expected: String(expected), passes: isTaken }];
    try {
      const results: ProbeResult[] = [];
      for (const each of [...handshakePlays(definition?.handshake, { secret, verifyToken }), ...samples]) {
        results.push(await play(each));
      }
      return results;
    } finally {
      await dispatcher.close();
    }
  };
}

export type ProbeEndpoint = ReturnType<typeof createProbeEndpoint>;

/** Another secret of the same form: a letter or digit in its middle is another one. */
function wrongSecret(secret: string): string {
  const middle = Math.floor(secret.length / 2);
  const at = secret.slice(middle).search(/[0-9a-zA-Z]/);
  if (at < 0) return `${secret}x`;
  const place = middle + at;
  const other = secret.charAt(place) === '7' ? '8' : '7';
  return secret.slice(0, place) + other + secret.slice(place + 1);
}

const isStatus = (expected: string) => /^\d{3}$/.test(expected);

/** Status and the beginning of the answer. */
function shown({ status, body }: PlayAnswer): string {
  const text = body.slice(0, mostShownCharacters);
  return text === '' ? String(status) : `${status} ${text}`;
}
