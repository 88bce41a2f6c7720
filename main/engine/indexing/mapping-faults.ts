// A mapping that cannot be used, as the problem that a caller gets: every row with its fault, the first one as the place.
import { type MappingRow, ProblemError } from '#contract';

export function mappingFaults(rows: readonly MappingRow[]): ProblemError {
  const faults = rows.flatMap(({ row, problem }) => (problem ? [`${row}: ${problem.message}`] : []));
  const [first] = rows;
  return new ProblemError(
    'mapping.invalid',
    `The mapping cannot be used: ${faults.join(' ')}`,
    first ? { path: `mapping.${first.row}` } : {},
  );
}
