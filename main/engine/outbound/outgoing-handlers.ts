// Which call about connections and their outgoing side does what.
import type { Handlers } from '../calls.ts';
import type { ConnectionCare } from '../data-sources/connection-care.ts';
import type { Outgoing } from './outgoing.ts';

export function createOutgoingHandlers(deps: {
  care: ConnectionCare;
  outgoing: Outgoing;
}): Pick<
  Handlers,
  | 'connections.add'
  | 'connections.rename'
  | 'connections.remove'
  | 'connections.outgoing'
  | 'connections.saveOutgoing'
  | 'connections.testOutgoing'
> {
  const { care, outgoing } = deps;
  return {
    'connections.add': ({ dataSourceId, name }, _signal, caller) => care.add(dataSourceId, name, caller),
    'connections.rename': ({ id, name }, _signal, caller) => ({ dataSource: care.rename(id, name, caller) }),
    'connections.remove': ({ id }, _signal, caller) => ({ dataSource: care.remove(id, caller) }),
    'connections.outgoing': ({ id }) => outgoing.get(id),
    'connections.saveOutgoing': (input, signal, caller) => outgoing.save(input, signal, caller),
    'connections.testOutgoing': (input, signal) => outgoing.test(input, signal),
  };
}
