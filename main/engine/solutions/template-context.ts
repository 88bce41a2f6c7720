// What the templates of a module read: the item, the call behind it, the module's fields, answers of earlier steps. Bodies of calls are
// read only where a template asks for them.
import type { JsonValue, ModuleInput } from '#contract';
import { type TemplateContext, templatesOf } from '../actions/prepare-request.ts';
import type { CaptureRow } from '../captures/captures-table.ts';
import { BodyFault } from '../parsing/body-fault.ts';
import { parseJson } from '../parsing/parse-json.ts';
import { partsOf, type StepAction } from './call-parts.ts';
import type { CaptureBody } from './capture-body.ts';
import type { SeenItem } from './item-subject.ts';
import type { SourceFacts } from './source-facts-table.ts';

/** What earlier steps of a run brought: kept in the run. */
export interface RunContext {
  /** By step id; the answer's body as it came, where it is text and not too long. */
  answers: Record<string, { status: number; text?: string }>;
  /** What answers wrote into the item. */
  fields: Record<string, JsonValue>;
}

export function contextFor(
  seen: SeenItem | undefined,
  source: SourceFacts | undefined,
  capture: CaptureRow | undefined,
  body: CaptureBody | undefined,
  so: RunContext | undefined,
): TemplateContext {
  return {
    ...(seen && {
      item: {
        id: seen.id,
        externalId: seen.externalId,
        title: seen.title,
        fields: { ...seen.fields, ...so?.fields },
        createdAt: new Date(seen.createdAt).toISOString(),
        updatedAt: new Date(seen.updatedAt).toISOString(),
        version: seen.version,
      },
    }),
    ...(capture && {
      capture: {
        id: capture.id,
        receivedAt: new Date(capture.received_at).toISOString(),
        eventType: capture.event_type ?? undefined,
        headers: JSON.parse(capture.headers) as [string, string][],
        query: capture.query,
        ...(body && 'value' in body ? { body: body.value } : {}),
      },
    }),
    fieldTypes: Object.fromEntries((source?.fields ?? []).map(({ name, type }) => [name, type])),
    steps: Object.fromEntries(
      Object.entries(so?.answers ?? {}).map(([id, { status, text }]) => [
        id,
        { status, ...(text === undefined ? {} : { answer: read(text) }) },
      ]),
    ),
  };
}

/** JSON with every digit of its numbers; anything else is a text. */
function read(text: string): unknown {
  try {
    return parseJson(text).value;
  } catch (error) {
    if (error instanceof BodyFault) return text;
    throw error;
  }
}

/** Whether a template of the module, or of an action that it uses, reads the body of the call. */
export function readsCaptureBody(module: ModuleInput, actionOf: (id: string) => StepAction): boolean {
  const reads = (template: string) => /\bcapture\b/.test(template);
  return (
    module.fields.some(({ from }) => from.kind === 'formula' && reads(from.formula)) ||
    module.steps.some((step) => {
      const action = step.actionId === undefined ? undefined : actionOf(step.actionId);
      return templatesOf(partsOf(step, action)).some(({ template }) => reads(template));
    })
  );
}
