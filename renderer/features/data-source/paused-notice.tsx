// Says that a data source is paused, and resumes it.
import type { DataSource } from '#contract';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { usePausing } from './use-pausing.ts';

export function PausedNotice({ source }: { source: DataSource }) {
  const pausing = usePausing(source);
  if (!pausing.isPaused) return null;
  return (
    <ProblemNotice
      tone="warn"
      what={text.dataSource.paused.title}
      why={text.dataSource.paused.about}
      action={{ label: text.care.resume, onPress: () => void pausing.toggle(), busy: pausing.running }}
    />
  );
}
