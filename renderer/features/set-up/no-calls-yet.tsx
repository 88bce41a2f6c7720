// In the place of a payload while nothing usable was received.
import { IconPlugConnected } from '@tabler/icons-react';
import type { Application, DataSource } from '#contract';
import { EmptyState } from '../../design/empty-state.tsx';
import { text } from '../../text/en.ts';
import { TryACall } from './try-a-call.tsx';

interface NoCallsYetProps {
  dataSource: DataSource;
  application: Application | undefined;
}

export function NoCallsYet({ dataSource, application }: NoCallsYetProps) {
  return (
    <EmptyState
      compact
      icon={IconPlugConnected}
      title={text.setUp.noPayload}
      action={<TryACall dataSource={dataSource} application={application} />}
    >
      {text.setUp.noPayloadWords}
    </EmptyState>
  );
}
