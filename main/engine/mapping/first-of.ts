// Several paths as one: the first that yields a value counts. Null and an empty text are no values here.
import type { CompiledPath, Found } from './compile-path.ts';

function hasValue(found: Found | undefined): found is Found {
  return found !== undefined && found.value !== null && found.value !== '';
}

/** Where none yields a value, what the first one found stands, so that a null stays a null. */
export function firstOf(paths: readonly [CompiledPath, ...CompiledPath[]]): CompiledPath {
  const [own, ...others] = paths;
  if (others.length === 0) return own;
  return {
    ...own,
    heavy: paths.some(({ heavy }) => heavy),
    find(value, context) {
      for (const path of paths) {
        const found = path.find(value, context);
        if (found.some(hasValue)) return found;
      }
      return own.find(value, context);
    },
    first(value, context) {
      for (const path of paths) {
        const found = path.first(value, context);
        if (hasValue(found)) return found;
      }
      return own.first(value, context);
    },
  };
}
