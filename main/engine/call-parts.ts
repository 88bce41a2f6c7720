// What modules need of templates, connections and actions to make calls, put together from those who own each.
import { checkTemplate, renderText } from './actions/liquid-templates.ts';
import { prepareRequest } from './actions/prepare-request.ts';
import { scopeOf, templateValues } from './actions/template-scope.ts';
import type { ActionParts } from './assemble-actions.ts';
import type { OutboundParts } from './assemble-outbound.ts';
import type { Sources } from './assemble-sources.ts';
import { hopsOf } from './outbound/loop-guard.ts';
import type { CallParts } from './solutions/call-parts.ts';

const notConfigured =
  'its connection has no outgoing configuration. Save its Base Url under Connections → Edit → Outgoing Configuration.';

export function callPartsOf(deps: {
  sources: Pick<Sources, 'inbound'>;
  outbound: Pick<OutboundParts, 'callConnection' | 'baseUrlOf'>;
  actions: Pick<ActionParts['actions'], 'find'>;
}): CallParts {
  const { callConnection, baseUrlOf } = deps.outbound;
  return {
    prepareRequest,
    renderFormula: (formula, context, time) => renderText(formula, scopeOf(context), time),
    templateFault: (template) => checkTemplate(template)?.message,
    action: deps.actions.find,
    connectionsOf: deps.sources.inbound.rows,
    baseUrlOf: (connectionId) => baseUrlOf(connectionId) ?? '',
    connectionFault: (connectionId) => (baseUrlOf(connectionId) ? undefined : notConfigured),
    insertable: templateValues,
    callConnection,
    hopsOf,
  };
}
