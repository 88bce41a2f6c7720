// Which call of samples and of the simulator does what.
import type { Handlers } from '../calls.ts';
import type { Samples } from './samples.ts';
import type { Simulator } from './simulator.ts';

type Own = Pick<Handlers, Extract<keyof Handlers, `samples.${string}` | `simulator.${string}`>>;

export function createSamplesHandlers(deps: { samples: Samples; simulator: Simulator }): Own {
  const { samples, simulator } = deps;
  return {
    'samples.list': ({ dataSourceId }) => ({ samples: samples.list(dataSourceId) }),
    'samples.get': ({ id }) => ({ sample: samples.get(id) }),
    'samples.save': async ({ captureId, name }) => ({ sample: await samples.save(captureId, name) }),
    'samples.add': (input) => ({ sample: samples.add(input) }),
    'samples.update': ({ id, ...change }) => ({ sample: samples.update(id, change) }),
    'samples.delete': ({ id }) => ({ undoUntil: samples.delete(id) }),
    'samples.restore': ({ id }) => ({ sample: samples.restore(id) }),
    'samples.fire': (input) => ({ job: samples.fire(input) }),
    'simulator.applications': () => ({ applications: simulator.applications() }),
    'simulator.stream': (input) => ({ job: simulator.stream(input) }),
    'simulator.retries': (input) => ({ job: simulator.retries(input) }),
  };
}
