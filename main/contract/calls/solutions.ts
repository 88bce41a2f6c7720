// Calls about solutions and which of them may use a data source.
import { z } from 'zod';
import { solution, solutionAccess, sourceAccess } from '../models/solution.ts';
import { id, name, read, write } from './define.ts';

const description = z.string().trim().max(500, 'Use at most 500 characters.');

export const solutionsCalls = {
  'solutions.list': read('The solutions, by name.', z.object({}), z.object({ solutions: z.array(solution) })),
  'solutions.get': read('One solution.', z.object({ id }), z.object({ solution })),
  'solutions.create': write(
    'Creates a solution.',
    z.object({ name, description: description.optional() }),
    z.object({ solution }),
  ),
  'solutions.update': write(
    'Changes name or description; what is left out stays as it is.',
    z.object({ id, name: name.optional(), description: description.optional() }),
    z.object({ solution }),
  ),
  'solutions.delete': write(
    'Deletes a solution with its modules; they stop at once. `solutions.undoDelete` brings it back until `undoUntil`.',
    z.object({ id }),
    z.object({ undoUntil: z.string(), modules: z.number().int() }),
  ),
  'solutions.undoDelete': write(
    'Brings a deleted solution back with its modules.',
    z.object({ id }),
    z.object({ solution }),
  ),

  'solutions.access': read(
    'The same as `dataSources.access` from the other side: every data source, whether the solution may use it, and which of its modules do.',
    z.object({ id }),
    z.object({ access: z.array(sourceAccess) }),
  ),
  'dataSources.access': read(
    '*Solutions Access* of a data source: every solution, whether it may use the source, and which of its modules do.',
    z.object({ id }),
    z.object({ access: z.array(solutionAccess) }),
  ),
  'dataSources.setAccess': write(
    'Gives a solution access to a data source, or takes it away: its modules that use the source are blocked until it is given back.',
    z.object({ id, solutionId: id, allowed: z.boolean() }),
    z.object({ access: z.array(solutionAccess) }),
  ),
};
