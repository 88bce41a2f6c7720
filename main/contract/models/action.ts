// Actions: outbound HTTP calls that are defined on a data source. Paths, values and bodies are Liquid templates over the item, the
// capture behind it and the fields of the module.
import { z } from 'zod';
import { exchangeBody } from './exchange.ts';
import { fieldType } from './mapping.ts';

export const actionEffect = z.enum(['creating', 'updating', 'creatingOrUpdating', 'custom']);
export type ActionEffect = z.infer<typeof actionEffect>;

export const actionMethod = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
export type ActionMethod = z.infer<typeof actionMethod>;

const template = z.string().max(200_000, 'Use at most 200,000 characters.');
export const templatePair = z.object({ name: z.string().max(1_000), value: template });
export type TemplatePair = z.infer<typeof templatePair>;

export const actionBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('json'), template }),
  z.object({ kind: z.literal('xml'), template }),
  z.object({ kind: z.literal('text'), template, contentType: z.string().max(200).optional() }),
  z.object({ kind: z.literal('form'), fields: z.array(templatePair).max(200) }),
]);
export type ActionBody = z.infer<typeof actionBody>;
export type ActionBodyKind = ActionBody['kind'];

/** What of the answer goes back into the item: a path into the answer for each field. */
export const answerField = z.object({
  field: z.string().trim().min(1).max(300),
  path: z.string().max(1_000),
  type: fieldType,
});

/** The parts of a request that a module may adjust. */
export const requestParts = {
  method: actionMethod,
  /** Behind the Base Url; starts with `/` or is empty. A template: values are escaped as segments. */
  path: template,
  query: z.array(templatePair).max(100),
  headers: z.array(templatePair).max(50),
  body: actionBody,
};

export const actionInput = z.object({
  name: z.string().trim().min(1, 'Type a name.').max(120, 'Use at most 120 characters.'),
  effect: actionEffect,
  /** Which connection is called; the first one of the source where left out. */
  connectionId: z.string().max(100).optional(),
  ...requestParts,
  answerFields: z.array(answerField).max(100).optional(),
});
export type ActionInput = z.infer<typeof actionInput>;

export const action = actionInput.extend({
  id: z.string(),
  dataSourceId: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Modules that use it. */
  usedBy: z.number().int(),
});
export type Action = z.infer<typeof action>;

/** Where in an action something is wrong: `path`, `query.0.value`, `headers.1.name`, `body`, `answerFields.0.path`. Offset from 0. */
export const templateFault = z.object({
  where: z.string(),
  message: z.string(),
  position: z.number().int().optional(),
});
export type TemplateFault = z.infer<typeof templateFault>;

/** The request that would be sent, secrets concealed; and what is wrong with it. With a fault nothing is sent. */
export const preparedRequest = z.object({
  method: actionMethod,
  url: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: exchangeBody.optional(),
  faults: z.array(templateFault),
});
export type PreparedRequest = z.infer<typeof preparedRequest>;

/** What templates can insert: `item.fields.email`, with an example from the item of the preview. */
export const templateValue = z.object({ expression: z.string(), example: z.string(), type: z.string() });
export type TemplateValue = z.infer<typeof templateValue>;
