// What the rows of one editor share: the data source, what decides its elements, and how far each row gets in recent calls.
import { createContext, use } from 'react';
import type { CallOutput, Mapping, RowCoverage } from '#contract';

export interface MappingFacts {
  dataSourceId: string;
  splitting: Pick<Mapping, 'split' | 'unwrap' | 'byEvent'>;
  coverage: CallOutput<'mapping.coverage'> | undefined;
  suggestions: CallOutput<'mapping.suggest'> | undefined;
}

export const MappingFactsContext = createContext<MappingFacts | undefined>(undefined);

export function useMappingFacts(): MappingFacts {
  const facts = use(MappingFactsContext);
  if (!facts) throw new Error('A row of a mapping stands outside of its editor.');
  return facts;
}

const eventRow = /^byEvent\.(.+)\.(id|title)$/s;

export function coverageOf(facts: MappingFacts, row: string): RowCoverage | undefined {
  const rows = facts.coverage?.rows;
  const event = eventRow.exec(row);
  if (!event) return rows?.find((each) => each.row === row);
  const [, eventType, name] = event;
  // The general row is counted with the paths that hold for each event type, so its share is that of this row.
  const share = rows?.find((each) => each.row === name)?.byEvent.find((each) => each.eventType === eventType);
  if (!share) return undefined;
  const { yielded, total } = share;
  return {
    row,
    calls: { yielded, total },
    items: { yielded, total },
    byEvent: [],
    types: [],
    typeChanges: false,
  };
}
