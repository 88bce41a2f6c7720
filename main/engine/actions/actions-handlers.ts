// Which call about actions does what.
import type { Handlers } from '../calls.ts';
import type { Actions } from './actions.ts';
import { readCurl } from './read-curl.ts';
import type { TryAction } from './try-action.ts';

export function createActionsHandlers(deps: {
  actions: Actions;
  tryAction: TryAction;
  baseUrlOf(dataSourceId: string): string | undefined;
}): Pick<
  Handlers,
  | 'actions.list'
  | 'actions.get'
  | 'actions.create'
  | 'actions.update'
  | 'actions.delete'
  | 'actions.undoDelete'
  | 'actions.preview'
  | 'actions.try'
  | 'actions.readCurl'
> {
  const { actions, tryAction } = deps;
  return {
    'actions.list': ({ dataSourceId }) => ({ actions: actions.list(dataSourceId) }),
    'actions.get': ({ id }) => ({ action: actions.get(id) }),
    'actions.create': ({ dataSourceId, action }, _signal, caller) => ({
      action: actions.create(dataSourceId, action, caller),
    }),
    'actions.update': ({ id, action }, _signal, caller) => ({ action: actions.update(id, action, caller) }),
    'actions.delete': ({ id }, _signal, caller) => actions.delete(id, caller),
    'actions.undoDelete': ({ id }, _signal, caller) => ({ action: actions.undoDelete(id, caller) }),
    'actions.preview': (trial) => tryAction.preview(trial),
    'actions.try': (trial, signal) => tryAction.send(trial, signal),
    'actions.readCurl': ({ command, dataSourceId }) =>
      readCurl(command, dataSourceId === undefined ? undefined : deps.baseUrlOf(dataSourceId)),
  };
}
