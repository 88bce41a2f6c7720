// The mapping that a new source starts with where the catalog knows none: id as `id`, the title left for people to choose.
import type { Mapping } from '#contract';

export function suggestMapping(): Mapping {
  return { id: 'id', title: '' };
}
