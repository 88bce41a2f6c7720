// The handlers of all calls, and the one place that checks input and cuts output to its schema.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { type Caller, type CallName, type CallOutput, calls, type Problem, ProblemError } from '#contract';
import { errorFacts, type Log } from '../log/log.ts';
import { storeFaultOf } from './store/store-fault.ts';

/** What a handler gets: checked input, a signal that fires when the caller goes away or cancels, and who calls. */
export type Handlers = {
  [N in CallName]: (
    input: z.output<(typeof calls)[N]['input']>,
    signal: AbortSignal,
    caller: Caller,
  ) => CallOutput<N> | Promise<CallOutput<N>>;
};

type AnyHandler = (input: unknown, signal: AbortSignal, caller: Caller) => unknown;

const stoppingProblem: Problem = {
  code: 'engine.stopping',
  message: 'Hookbench is stopping. Try again when it is back.',
  retry: true,
};

/** @param stopping fires when the engine begins to stop: what fails from then on fails because of that */
export function createDispatch(handlers: Handlers, log: Log, stopping: AbortSignal) {
  /** Never throws: answers with the output, or with a problem of the closed union. */
  return async function dispatch(
    name: string,
    input: unknown,
    signal: AbortSignal,
    caller: Caller = 'script',
  ): Promise<{ output: unknown } | { problem: Problem }> {
    if (!Object.hasOwn(calls, name)) {
      return {
        problem: { code: 'call.unknown', message: `There is no call "${name}". docs/calls.md lists all.` },
      };
    }
    const definition = calls[name as CallName];
    const checked = definition.input.safeParse(input);
    if (!checked.success) return { problem: inputProblem(checked.error) };
    if (stopping.aborted) return { problem: stoppingProblem };
    try {
      const output = await (handlers[name as CallName] as AnyHandler)(checked.data, signal, caller);
      return { output: definition.output.parse(output) };
    } catch (error) {
      if (error instanceof ProblemError) return { problem: error.problem };
      if (signal.aborted) return { problem: { code: 'call.cancelled', message: 'The call was cancelled.' } };
      // Its worker was ended, or the store was closed under it.
      if (stopping.aborted) return { problem: stoppingProblem };
      const fault = storeFaultOf(error);
      if (fault) {
        log('error', 'a call met a fault of the store', { call: name, ...errorFacts(error) });
        const message = `${fault.what}, so nothing was changed. ${fault.remedy}`;
        return { problem: { code: 'store.unavailable', message, retry: true } };
      }
      const reference = randomBytes(4).toString('hex');
      log('error', 'a call failed unexpectedly', { call: name, reference, ...errorFacts(error) });
      return {
        problem: {
          code: 'internal',
          message: `Something unexpected went wrong. The log has it under the reference ${reference}.`,
        },
      };
    }
  };
}

export type Dispatch = ReturnType<typeof createDispatch>;

function inputProblem(error: z.ZodError): Problem {
  const [issue] = error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  const where = path ? `"${path}": ` : '';
  return {
    code: 'input.invalid',
    message: `${where}${issue?.message ?? 'The input does not fit.'}`,
    ...(path ? { path } : {}),
  };
}
