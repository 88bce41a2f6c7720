// In the place of a payload or a list of calls while nothing usable was received.
import { IconPlugConnected } from '@tabler/icons-react';
import type { Application, DataSource } from '#contract';
import { EmptyState } from '../../design/empty-state.tsx';
import { text } from '../../text/en.ts';
import { TryACall } from './try-a-call.tsx';

interface NoCallsYetProps {
  dataSource: DataSource;
  application: Application | undefined;
  /** What the reader came for. */
  purpose: 'mapping' | 'captures';
}

export function NoCallsYet({ dataSource, application, purpose }: NoCallsYetProps) {
  const words = text.setUp.noCalls[purpose];
  return (
    <EmptyState
      compact
      icon={IconPlugConnected}
      title={words.title}
      action={<TryACall dataSource={dataSource} application={application} />}
    >
      {words.about}
    </EmptyState>
  );
}
