// Renders the templates of an action for one item into the request that would be sent. Sends nothing.
import type {
  ActionBody,
  ActionMethod,
  FieldType,
  JsonValue,
  PreparedRequest,
  TemplatePair,
} from '#contract';

/** What templates read: `item.…`, `capture.…`, `module.…`. */
export interface TemplateContext {
  item?:
    | {
        id: string;
        externalId: string;
        title: string;
        fields: Record<string, JsonValue>;
        createdAt: string;
        updatedAt: string;
        version: number;
      }
    | undefined;
  capture?:
    | {
        id: string;
        receivedAt: string;
        eventType?: string | undefined;
        headers: [string, string][];
        query: string;
        /** The parsed body, where it is at hand. */
        body?: unknown;
      }
    | undefined;
  module?: Record<string, unknown> | undefined;
  /** Types of the item's fields: a number that stands as text (many digits) is printed as a number. */
  fieldTypes?: Record<string, FieldType> | undefined;
  /** The same for the fields of the module. */
  moduleTypes?: Record<string, FieldType> | undefined;
}

export interface RequestParts {
  method: ActionMethod;
  path: string;
  query: readonly TemplatePair[];
  headers: readonly TemplatePair[];
  body: ActionBody;
}

/** What is handed to `callConnection` or kept in a job. */
export interface RenderedRequest {
  method: ActionMethod;
  target: string;
  headers: [string, string][];
  body?: Uint8Array | undefined;
}

/** `request` is absent where `prepared.faults` is not empty. Never throws for what is in the templates or the values. */
export type PrepareRequest = (input: {
  parts: RequestParts;
  /** Empty where none is saved: only the path is shown then. */
  baseUrl: string;
  context: TemplateContext;
}) => { prepared: PreparedRequest; request?: RenderedRequest | undefined };
