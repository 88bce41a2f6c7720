// Which call about solutions, access and modules does what.
import type { Handlers } from '../calls.ts';
import type { Modules } from './modules.ts';
import type { Solutions } from './solutions.ts';

export function createSolutionsHandlers(deps: {
  solutions: Solutions;
  modules: Modules;
}): Pick<
  Handlers,
  | 'solutions.list'
  | 'solutions.get'
  | 'solutions.create'
  | 'solutions.update'
  | 'solutions.delete'
  | 'solutions.undoDelete'
  | 'solutions.access'
  | 'dataSources.access'
  | 'dataSources.setAccess'
  | 'modules.list'
  | 'modules.get'
  | 'modules.create'
  | 'modules.update'
  | 'modules.setEnabled'
  | 'modules.delete'
  | 'modules.undoDelete'
> {
  const { solutions, modules } = deps;
  return {
    'solutions.list': () => ({ solutions: solutions.list() }),
    'solutions.get': ({ id }) => ({ solution: solutions.get(id) }),
    'solutions.create': (input) => ({ solution: solutions.create(input) }),
    'solutions.update': (input) => ({ solution: solutions.update(input) }),
    'solutions.delete': ({ id }) => solutions.delete(id),
    'solutions.undoDelete': ({ id }) => ({ solution: solutions.undoDelete(id) }),
    'solutions.access': ({ id }) => solutions.accessOf(id),
    'dataSources.access': ({ id }) => ({ access: solutions.accessTo(id) }),
    'dataSources.setAccess': (input, _signal, caller) => ({ access: solutions.setAccess(input, caller) }),

    'modules.list': (filter) => ({ modules: modules.list(filter) }),
    'modules.get': ({ id }) => ({ module: modules.get(id) }),
    'modules.create': (input, _signal, caller) => ({ module: modules.create(input, caller) }),
    'modules.update': (input, _signal, caller) => ({ module: modules.update(input, caller) }),
    'modules.setEnabled': (input, _signal, caller) => ({ module: modules.setEnabled(input, caller) }),
    'modules.delete': ({ id }, _signal, caller) => modules.delete(id, caller),
    'modules.undoDelete': ({ id }, _signal, caller) => ({ module: modules.undoDelete(id, caller) }),
  };
}
