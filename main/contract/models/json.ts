// JSON as data: the shapes that may travel over the link. Numbers that a double cannot hold travel as text.
import { z } from 'zod';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(jsonValue),
    z.record(z.string(), jsonValue),
  ]),
);

/** What a value of a payload is, as people see it. `missing` is a path that yields nothing. */
export const valueType = z.enum(['text', 'number', 'boolean', 'null', 'object', 'list']);
export type ValueType = z.infer<typeof valueType>;

/** A value ready for the screen: its type and its text exactly as received, cut at a cap (`cut` says so). */
export const shownValue = z.object({
  type: valueType,
  text: z.string(),
  cut: z.boolean().optional(),
});
export type ShownValue = z.infer<typeof shownValue>;

/** One row of a payload tree. `path` is what a click puts into a mapping row. `size` counts the children. */
export const payloadNode = z.object({
  key: z.string(),
  path: z.string(),
  type: valueType,
  text: z.string(),
  cut: z.boolean().optional(),
  size: z.number().int().nonnegative(),
});
export type PayloadNode = z.infer<typeof payloadNode>;

/** A place in a payload: its path, and the keys and indexes that lead to it. */
export const payloadPlace = z.object({
  path: z.string(),
  segments: z.array(z.union([z.string(), z.number().int()])),
});
export type PayloadPlace = z.infer<typeof payloadPlace>;

/** A page of what was sought in a body. */
export const foundPlaces = z.object({
  found: z.array(payloadPlace),
  next: z.number().int().optional(),
  /** True where the text was read as a JSONPath, so that `found` is what it selects. */
  isPath: z.boolean(),
  /** Why a text that looks like a JSONPath is none; `position` counts characters from 0. It was sought as a text then. */
  fault: z.object({ message: z.string(), position: z.number().int() }).optional(),
});
export type FoundPlaces = z.infer<typeof foundPlaces>;
