// The engine's end of a channel: takes calls, answers them, passes events on. Knows no transport and no subject.
import { type Caller, type Channel, clientMessage, type EventName, type Problem } from '#contract';

/** What the link needs of the engine. `dispatch` never throws; it answers with an output or a problem. */
export interface Dispatcher {
  version: string;
  dispatch(
    call: string,
    input: unknown,
    signal: AbortSignal,
    /** Who calls, for the audit log; a script where it is left out. */
    caller?: Caller,
  ): Promise<{ output: unknown } | { problem: Problem }>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: EventName, data: unknown) => void): () => void;
}

/** Calls of one channel that may be under way at once; more are refused, so that one page cannot starve the rest. */
const maxCallsUnderWay = 200;

export function serveChannel(channel: Channel, engine: Dispatcher, caller: Caller = 'window'): void {
  const underWay = new Map<number, AbortController>();
  const unsubscribe = engine.subscribe((event, data) => channel.send({ t: 'event', event, data }));

  async function answer(id: number, call: string, input: unknown): Promise<void> {
    if (underWay.size >= maxCallsUnderWay) {
      const problem: Problem = {
        code: 'store.unavailable',
        message: `More than ${maxCallsUnderWay} calls are under way on this connection. Try again in a moment.`,
        retry: true,
      };
      channel.send({ t: 'problem', id, problem });
      return;
    }
    const controller = new AbortController();
    underWay.set(id, controller);
    const result = await engine.dispatch(call, input, controller.signal, caller);
    underWay.delete(id);
    if (controller.signal.aborted) return;
    if ('problem' in result) channel.send({ t: 'problem', id, problem: result.problem });
    else channel.send({ t: 'result', id, output: result.output });
  }

  channel.onMessage((message) => {
    const parsed = clientMessage.safeParse(message);
    if (!parsed.success) {
      channel.close();
      return;
    }
    if (parsed.data.t === 'cancel') underWay.get(parsed.data.id)?.abort();
    else void answer(parsed.data.id, parsed.data.call, parsed.data.input);
  });
  channel.onClose(() => {
    unsubscribe();
    for (const controller of underWay.values()) controller.abort();
  });
  channel.send({ t: 'hello', version: engine.version });
}
