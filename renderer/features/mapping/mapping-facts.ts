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

export function coverageOf(facts: MappingFacts, row: string): RowCoverage | undefined {
  return facts.coverage?.rows.find((each) => each.row === row);
}
