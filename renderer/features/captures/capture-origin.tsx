// Where a call came from where nobody outside sent it: a mark in the list, and in the call itself a filter and the call that was sent again.
import { IconBookmark, IconFileImport, IconRepeat, IconTestPipe, type TablerIcon } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Capture, CaptureOrigin, CaptureSummary } from '#contract';
import { paths } from '../../app/paths.ts';
import { text } from '../../text/en.ts';
import classes from './capture-detail.module.css';
import { FilterValue } from './filter-value.tsx';

const words = text.captures.origin;
type OwnOrigin = Exclude<CaptureOrigin, 'call'>;
const icons: Record<OwnOrigin, TablerIcon> = {
  replay: IconRepeat,
  sample: IconBookmark,
  simulation: IconTestPipe,
  import: IconFileImport,
};

export function OriginMark({ origin, className }: { origin: CaptureOrigin; className: string | undefined }) {
  if (origin === 'call') return null;
  const Icon = icons[origin];
  return (
    <span title={words.names[origin]} className={className}>
      <Icon size={13} aria-label={words.names[origin]} role="img" />
    </span>
  );
}

export function OriginValue({ origin, capture }: { origin: OwnOrigin; capture: Capture }) {
  const original = capture.replayOf;
  return (
    <>
      <FilterValue term={`origin:${origin}`}>{words.names[origin]}</FilterValue>
      {original !== undefined && (
        <>
          {' · '}
          <Link
            className={classes.original}
            href={`${paths.dataSource(capture.dataSourceId, 'captures')}?call=${encodeURIComponent(original)}`}
          >
            {words.original}
          </Link>
        </>
      )}
    </>
  );
}

/** False for rows of files, items typed in, calls from files, and replays into the mapping: there was nobody to answer. */
export function hadAnswer({ answeredInMs, origin, method }: CaptureSummary): boolean {
  if (answeredInMs !== undefined) return true;
  return origin === 'call' && method !== 'IMPORT' && method !== 'MANUAL';
}
