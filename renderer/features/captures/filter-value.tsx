// A value that a click makes a filter of: the button stands behind it and shows where the pointer or the focus is.
import { Tooltip } from '@mantine/core';
import { IconFilter, IconFilterOff } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { hasTerm } from '#contract';
import { text } from '../../text/en.ts';
import classes from './filter-value.module.css';

interface Filtering {
  query: string;
  toggle(term: string): void;
}

const FilteringContext = createContext<Filtering | undefined>(undefined);
export const FilteringProvider = FilteringContext.Provider;

/** Outside of a list with a query it is the value alone. */
export function FilterValue({
  term,
  children,
  inList = false,
}: {
  term: string;
  children: ReactNode;
  inList?: boolean;
}) {
  const filtering = useContext(FilteringContext);
  // A list shows hundreds of values, and rows come by the hundred: there the button is made where the pointer is.
  const [isNear, setNear] = useState(!inList);
  if (!filtering) return <>{children}</>;
  const isSet = filtering.query !== '' && hasTerm(filtering.query, term);
  const label = isSet ? text.captures.search.withoutFilter(term) : text.captures.search.onlyFilter(term);
  return (
    <span className={classes.value} data-in-list={inList || undefined} onPointerEnter={() => setNear(true)}>
      <span className={classes.content}>{children}</span>
      {(isNear || isSet) && (
        <Tooltip label={label}>
          <button
            type="button"
            className={classes.button}
            aria-label={label}
            aria-pressed={isSet}
            tabIndex={inList ? -1 : 0}
            onClick={() => filtering.toggle(term)}
          >
            {isSet ? <IconFilterOff size={13} aria-hidden /> : <IconFilter size={13} aria-hidden />}
          </button>
        </Tooltip>
      )}
    </span>
  );
}
