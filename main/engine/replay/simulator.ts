// The simulator: events as the applications of the catalog send them, signed with the secret that is set (or one that is given and not
// kept); as a stream, or one event on the application's published retry schedule in compressed time.
import { ProblemError, type ReplayJob, type ReplayTarget, type SimulatedApplication } from '#contract';
import type { ApplicationDefinition } from '../catalog/application-definition.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { signPlainCall } from '../connections/sign-sample.ts';
import type { DataSources } from '../data-sources/data-sources.ts';
import { isCheckable, secretFault } from '../verification/secret-fault.ts';
import { isGood } from './attempt-result.ts';
import type { DeliverCall, DeliverOptions } from './deliver-call.ts';
import type { ReplayJobs } from './replay-jobs.ts';
import { type PlannedCall, pause } from './run-job.ts';
import type { UnsignedCall } from './sign-again.ts';
import { eventTypesOf, type SimulatedEvent, simulate } from './simulated-event.ts';
import { type SourceCall, withoutHeaders } from './source-call.ts';
import { targetFault } from './target-url.ts';

export interface SimulatorInput {
  dataSourceId?: string | undefined;
  applicationId?: string | undefined;
  secret?: string | undefined;
  target: ReplayTarget;
  runsModules?: boolean | undefined;
}

interface Sender {
  definition: ApplicationDefinition;
  dataSourceId: string;
  connectionId: string;
  options: DeliverOptions;
}

export function createSimulator(deps: {
  catalog: Catalog;
  dataSources: DataSources;
  jobs: ReplayJobs;
  deliver: DeliverCall;
}) {
  const { catalog, dataSources, jobs } = deps;
  let known: SimulatedApplication[] | undefined;

  function definitionOf(id: string | undefined, path: string): ApplicationDefinition {
    const definition = id === undefined ? undefined : catalog.definition(id);
    if (!definition) {
      throw new ProblemError(
        'application.missing',
        'Choose a data source of a catalog application, or an application.',
        { path },
      );
    }
    return definition;
  }

  function signer(definition: ApplicationDefinition, secret: string): (call: UnsignedCall) => UnsignedCall {
    const fault = secretFault(definition.signatureSchemes, secret);
    if (fault !== undefined) throw new ProblemError('secret.invalid', fault, { path: 'secret' });
    return (call) => {
      const signed = signPlainCall(definition.signatureSchemes, secret, call);
      if (!signed) return call;
      const added = Object.entries(signed.headers);
      const kept = withoutHeaders(
        call.headers,
        added.map(([name]) => name),
      );
      return { ...call, url: signed.url, body: signed.body, headers: [...kept, ...added] };
    };
  }

  function senderOf(input: SimulatorInput): Sender {
    const { target, secret, runsModules = true } = input;
    const fault = target.kind === 'url' ? targetFault(target.url) : undefined;
    if (fault !== undefined) throw new ProblemError('replay.invalid', fault, { path: 'target.url' });
    if (input.dataSourceId !== undefined) {
      const source = dataSources.get(input.dataSourceId);
      const [connection] = source.connections;
      if (!connection) throw new ProblemError('connection.missing', 'This data source has no connection.');
      return {
        definition: definitionOf(source.applicationId, 'dataSourceId'),
        dataSourceId: source.id,
        connectionId: connection.id,
        options: { signing: 'again', deliveryIds: 'same', runsModules },
      };
    }
    if (target.kind !== 'url') {
      throw new ProblemError('replay.invalid', 'Without a data source an event can be sent to a URL only.', {
        path: 'target',
      });
    }
    const definition = definitionOf(input.applicationId, 'applicationId');
    return {
      definition,
      dataSourceId: '',
      connectionId: '',
      options: {
        deliveryIds: 'same',
        ...(secret === undefined ? {} : { sign: signer(definition, secret), secret }),
      },
    };
  }

  function eventOf(
    definition: ApplicationDefinition,
    options: Parameters<typeof simulate>[1],
  ): SimulatedEvent {
    const event = simulate(definition, options);
    if (!event) {
      throw new ProblemError(
        'replay.invalid',
        `The sample of ${definition.name} cannot be an event of type "${options?.eventType}".`,
        { path: 'eventTypes' },
      );
    }
    return event;
  }

  function callOf(sender: Sender, event: SimulatedEvent): SourceCall {
    return {
      method: event.method,
      pathRest: '',
      query: '',
      headers: event.headers,
      body: event.body,
      dataSourceId: sender.dataSourceId,
      connectionId: sender.connectionId,
      deliveryId: undefined,
      label: event.eventType ?? sender.definition.name,
      origin: 'simulation',
      replayOf: undefined,
      original: undefined,
    };
  }

  const factsOf = (
    sender: Sender,
    label: string,
    round: number,
    dueMs: number | null,
  ): PlannedCall['facts'] => ({
    data_source_id: sender.dataSourceId === '' ? null : sender.dataSourceId,
    capture_id: null,
    round,
    label,
    original: null,
    due_ms: dueMs,
  });

  return {
    applications(): SimulatedApplication[] {
      known ??= catalog.list().flatMap(({ id }) => {
        const definition = catalog.definition(id);
        if (!definition) return [];
        const { name, icon, retries, signatureSchemes } = definition;
        const isPublic = retries?.certainty === 'confirmed' && retries.schedule !== undefined;
        return {
          id,
          name,
          icon,
          signs: signatureSchemes.some((scheme) => isCheckable(scheme) && scheme.kind !== 'publicKey'),
          eventTypes: eventTypesOf(definition),
          ...(isPublic ? { schedule: retries.schedule } : {}),
        };
      });
      return known;
    },

    stream(
      input: SimulatorInput & {
        count: number;
        eventTypes?: string[] | undefined;
        ratePerSecond?: number | undefined;
        burst?: boolean | undefined;
        newItems?: boolean | undefined;
      },
    ): ReplayJob {
      const sender = senderOf(input);
      const { count, newItems, ratePerSecond, burst } = input;
      const types: (string | undefined)[] = input.eventTypes?.length ? input.eventTypes : [undefined];
      // Whatever cannot be made is told before anything is sent.
      for (const eventType of types) eventOf(sender.definition, { eventType });
      const pace = { ratePerSecond, burst };
      return jobs.begin({
        kind: 'simulation',
        title: sender.definition.name,
        target: input.target,
        options: { ...pace, runsModules: input.runsModules },
        total: count,
        pace,
        planned(number) {
          const event = eventOf(sender.definition, {
            eventType: types[(number - 1) % types.length],
            newItem: newItems,
          });
          const call = callOf(sender, event);
          return {
            facts: factsOf(sender, call.label, 1, null),
            send: (signal) => deps.deliver(call, input.target, sender.options, signal),
          };
        },
      });
    },

    retries(
      input: SimulatorInput & {
        eventType?: string | undefined;
        speed: number;
        outages?: number | undefined;
      },
    ): ReplayJob {
      const sender = senderOf(input);
      const { definition } = sender;
      const { retries } = definition;
      if (retries?.certainty !== 'confirmed' || retries.schedule === undefined) {
        throw new ProblemError(
          'replay.invalid',
          `${definition.name} publishes no exact schedule of its tries, so none is simulated.`,
          { path: 'dataSourceId' },
        );
      }
      const { schedule } = retries;
      if (input.target.kind === 'mapping') {
        throw new ProblemError('replay.invalid', 'A mapping answers nothing. Choose the receiver or a URL.', {
          path: 'target',
        });
      }
      const call = callOf(sender, eventOf(definition, { eventType: input.eventType }));
      const timeoutMs = definition.answerLimit?.ms;
      let delivered = false;
      let lastEnd = performance.now();
      return jobs.begin({
        kind: 'retries',
        title: definition.name,
        target: input.target,
        options: { runsModules: input.runsModules },
        total: 1 + schedule.length,
        pace: {},
        async planned(number, signal) {
          if (delivered) return undefined;
          const wait = number === 1 ? 0 : (schedule[number - 2] ?? 0);
          await pause(lastEnd + wait / input.speed - performance.now(), signal);
          const dueMs = schedule.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
          return {
            facts: factsOf(sender, call.label, number, dueMs),
            async send(signal) {
              const result = await deps.deliver(
                call,
                input.target,
                {
                  ...sender.options,
                  outage: number <= (input.outages ?? 0),
                  ...(timeoutMs === undefined ? {} : { timeoutMs }),
                },
                signal,
              );
              delivered = result.state === 'answered' && isGood(result.status);
              lastEnd = performance.now();
              return result;
            },
          };
        },
      });
    },
  };
}

export type Simulator = ReturnType<typeof createSimulator>;
