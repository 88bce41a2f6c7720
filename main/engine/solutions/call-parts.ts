// What modules need of actions and connections to make calls. Put together by the engine; nothing here sends.
import type { Action, ExchangeFailure, ModuleInput, TemplateValue } from '#contract';
import type { PrepareRequest, RequestParts, TemplateContext } from '../actions/prepare-request.ts';
import type { RenderTime } from '../actions/render-time.ts';
import type { CallConnection } from '../outbound/call-connection.ts';

export interface CallParts {
  prepareRequest: PrepareRequest;
  /** The text of a formula; `time` is shared by those of one module. @throws Error with why it cannot be read */
  renderFormula(formula: string, context: TemplateContext, time: RenderTime): string;
  /** Why a template cannot be read; undefined where it can. */
  templateFault(template: string): string | undefined;
  action(id: string): Pick<Action, 'name' | 'dataSourceId' | 'connectionId' | keyof RequestParts> | undefined;
  /** Connections of a data source, the first one first. */
  connectionsOf(dataSourceId: string): readonly { id: string }[];
  baseUrlOf(connectionId: string): string;
  /** Why a connection cannot be called; undefined where it can. */
  connectionFault(connectionId: string): string | undefined;
  /** What templates can insert, with examples. */
  insertable(context: TemplateContext): TemplateValue[];
  callConnection: CallConnection;
  /** Rounds through Hookbench that led to a call with these headers. */
  hopsOf(headers: readonly (readonly [string, string])[]): number;
}

export type Step = ModuleInput['steps'][number];
export type StepAction = ReturnType<CallParts['action']>;

/** The connection that a step calls: its own, else the action's, else the first one of the data source. */
export function connectionOf(step: Step, parts: CallParts): string | undefined {
  const connections = parts.connectionsOf(step.dataSourceId);
  const wanted =
    step.connectionId ??
    (step.actionId === undefined ? undefined : parts.action(step.actionId)?.connectionId);
  if (wanted === undefined) return connections[0]?.id;
  return connections.some(({ id }) => id === wanted) ? wanted : undefined;
}

/** The parts of the request: those of the step replace the action's. */
export function partsOf(step: Step, action: StepAction): RequestParts {
  return {
    method: step.method ?? action?.method ?? 'POST',
    path: step.path ?? action?.path ?? '',
    query: step.query ?? action?.query ?? [],
    headers: step.headers ?? action?.headers ?? [],
    body: step.body ?? action?.body ?? { kind: 'none' },
  };
}

const mostNameChars = 200;

/** What a step is called in lists: by its action, else by method and path; as they are sent, once they are known. */
export function stepName(
  step: Step,
  action: StepAction,
  request?: { method: string; target: string } | undefined,
): string {
  if (action) return action.name;
  const path = request ? request.target.split('?')[0] : step.path;
  const name = `${request?.method ?? step.method ?? 'POST'} ${path || '/'}`;
  return name.length > mostNameChars ? `${name.slice(0, mostNameChars - 1)}…` : name;
}

export function failureText(failure: ExchangeFailure | undefined): string {
  return failure?.message ?? 'It failed without a reason.';
}
