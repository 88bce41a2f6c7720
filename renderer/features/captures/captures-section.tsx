// Captures of a data source.
import type { ReactNode } from 'react';
import { CaptureFinder } from './capture-finder.tsx';

export function CapturesSection({ dataSourceId, empty }: { dataSourceId: string; empty: ReactNode }) {
  return <CaptureFinder key={dataSourceId} dataSourceId={dataSourceId} empty={empty} />;
}
