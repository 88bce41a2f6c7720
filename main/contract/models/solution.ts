// Solutions and their access to data sources.
import { z } from 'zod';

export const solution = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  createdAt: z.string(),
  counts: z.object({ modules: z.number().int(), enabled: z.number().int(), dataSources: z.number().int() }),
});
export type Solution = z.infer<typeof solution>;

/** One row of *Solutions Access*: whether a solution may use the source, and which of its modules do (they stop when access is taken). */
export const solutionAccess = z.object({
  solutionId: z.string(),
  solutionName: z.string(),
  allowed: z.boolean(),
  modules: z.array(z.object({ id: z.string(), name: z.string(), enabled: z.boolean() })),
});
export type SolutionAccess = z.infer<typeof solutionAccess>;

/** The same seen from the solution: a data source, whether it may be used, and by which of the solution's modules it is. */
export const sourceAccess = z.object({
  dataSourceId: z.string(),
  dataSourceName: z.string(),
  allowed: z.boolean(),
  modules: z.array(z.object({ id: z.string(), name: z.string(), enabled: z.boolean() })),
});
export type SourceAccess = z.infer<typeof sourceAccess>;
