// The calls about deliveries and destinations.
import type { Handlers } from '../calls.ts';
import type { Deliveries } from './deliveries.ts';

type OutboxHandlers = Pick<
  Handlers,
  | 'deliveries.list'
  | 'deliveries.get'
  | 'deliveries.count'
  | 'deliveries.retry'
  | 'deliveries.retryMany'
  | 'deliveries.cancel'
  | 'destinations.list'
  | 'destinations.pause'
  | 'destinations.resume'
>;

export function createDeliveriesHandlers(deliveries: Deliveries): OutboxHandlers {
  return {
    'deliveries.list': (input) => deliveries.list(input),
    'deliveries.get': ({ id }) => deliveries.get(id),
    'deliveries.count': (input) => deliveries.count(input),
    'deliveries.retry': ({ id }) => ({ delivery: deliveries.retry(id) }),
    'deliveries.retryMany': (input, signal) => deliveries.retryMany(input, signal),
    'deliveries.cancel': ({ id }) => ({ delivery: deliveries.cancel(id) }),

    'destinations.list': () => ({ destinations: deliveries.destinations() }),
    'destinations.pause': ({ destination }) => {
      deliveries.pause(destination);
      return {};
    },
    'destinations.resume': ({ destination }) => {
      deliveries.resume(destination);
      return {};
    },
  };
}
