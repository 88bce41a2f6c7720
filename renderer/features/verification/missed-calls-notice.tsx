// Says that somebody called a URL which is not this one, since this data source exists: a pasted URL may be wrong or old.
import type { DataSource, MissedCalls } from '#contract';
import { useCall, useEvent } from '../../api/use-call.ts';
import { formatCount } from '../../design/formats.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { RelativeTime } from '../../design/relative-time.tsx';
import { text } from '../../text/en.ts';
import { PayloadText } from '../payload/payload-text.tsx';

const words = text.verification.missed;

/** Strangers who look for other programs (`elsewhere`) are no news to somebody who waits for a call. */
function concerns(missed: MissedCalls, source: DataSource): boolean {
  if (missed.kind === 'elsewhere' || missed.lastAt < source.createdAt) return false;
  return missed.dataSourceId === undefined || missed.dataSourceId === source.id;
}

export function MissedCallsNotice({ dataSource }: { dataSource: DataSource }) {
  const { data, refetch } = useCall('receiver.missedCalls', {});
  useEvent('status.changed', refetch);
  return data?.missed
    .filter((missed) => concerns(missed, dataSource))
    .map((missed) => (
      <ProblemNotice
        key={missed.kind}
        tone="warn"
        what={words.what[missed.kind]}
        why={
          <>
            {missed.lastMethod}{' '}
            <code>
              <PayloadText text={missed.lastPath} />
            </code>
            {', '}
            <RelativeTime at={missed.lastAt} />
            {missed.count > 1 && words.times(formatCount(missed.count))}
          </>
        }
        toDo={words.toDo[missed.kind]}
      />
    ));
}
