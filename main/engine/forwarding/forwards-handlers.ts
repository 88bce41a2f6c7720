// Which call of forwards does what.
import type { Handlers } from '../calls.ts';
import type { Forwards } from './forwards.ts';

type Own = Pick<Handlers, Extract<keyof Handlers, `forwards.${string}`>>;

export function createForwardsHandlers(forwards: Forwards): Own {
  return {
    'forwards.list': ({ dataSourceId }) => ({ rules: forwards.list(dataSourceId) }),
    'forwards.create': ({ rule, held }) => ({ rule: forwards.create(rule, held) }),
    'forwards.hold': async ({ id }, signal) => {
      await forwards.hold(id, signal);
      return {};
    },
    'forwards.update': ({ id, rule }) => ({ rule: forwards.update(id, rule) }),
    'forwards.switch': ({ id, enabled }) => ({ rule: forwards.switch(id, enabled) }),
    'forwards.delete': ({ id }) => ({ undoUntil: forwards.delete(id) }),
    'forwards.restore': ({ id }) => ({ rule: forwards.restore(id) }),
    'forwards.results': (input) => forwards.results(input),
    'forwards.result': ({ id }) => ({ result: forwards.result(id) }),
    'forwards.retry': ({ id }) => ({ result: forwards.retry(id) }),
  };
}
