// The way to the comparison of two chosen calls.
import { paths } from '../../app/paths.ts';

/** Does nothing unless two are chosen. */
export function useComparing(navigate: (to: string) => void) {
  return (ids: readonly string[]) => {
    const [left, right, ...others] = ids;
    if (left !== undefined && right !== undefined && others.length === 0)
      navigate(paths.compare(left, right));
  };
}
