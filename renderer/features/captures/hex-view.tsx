// The bytes of a body as received, 16 a line; only the pieces that are looked at are fetched.
import { Skeleton } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useCall } from '../../api/use-call.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { problemWords } from '../../design/problem-words.ts';
import { text } from '../../text/en.ts';
import { hexLines, lineBytes, pieceBytes } from './hex-lines.ts';
import classes from './hex-view.module.css';

const linePixels = 20;
const linesOfPiece = pieceBytes / lineBytes;
/** Browsers show no element that is higher; larger bodies end in a note. */
const mostLines = 1_500_000;

const region = { role: 'region', tabIndex: 0, 'aria-label': text.captures.hex.label } as const;

export function HexView({ captureId, sentSize }: { captureId: string; sentSize: number }) {
  const first = useCall('captures.bytes', { id: captureId, offset: 0, length: pieceBytes });
  const scroller = useRef<HTMLDivElement>(null);
  const total = first.data?.total ?? 0;
  const pieces = Math.ceil(Math.min(total / lineBytes, mostLines) / linesOfPiece);
  const virtual = useVirtualizer({
    count: pieces,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      Math.min(linesOfPiece, Math.ceil((total - index * pieceBytes) / lineBytes)) * linePixels,
    overscan: 0,
  });
  if (first.problem)
    return (
      <ProblemNotice
        {...problemWords(first.problem, text.captures.notShown)}
        action={{ label: text.problems.tryAgain, onPress: first.refetch }}
      />
    );
  if (!first.data) return <Skeleton className={classes.waiting} />;
  if (total === 0) {
    const words = sentSize > 0 ? text.payload.bodyNotKept : text.payload.noBody;
    return (
      <EmptyState compact icon={IconFileOff} title={words.title}>
        {words.about}
      </EmptyState>
    );
  }
  return (
    <div ref={scroller} className={classes.scroller} {...region}>
      <div className={classes.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <div key={key} className={classes.piece} style={{ transform: `translateY(${start}px)` }}>
            <Piece captureId={captureId} index={index} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Piece({ captureId, index }: { captureId: string; index: number }) {
  const offset = index * pieceBytes;
  const { data, problem, refetch } = useCall('captures.bytes', { id: captureId, offset, length: pieceBytes });
  if (problem)
    return (
      <ProblemNotice
        {...problemWords(problem, text.captures.notShown)}
        action={{ label: text.problems.tryAgain, onPress: refetch }}
      />
    );
  if (!data) return <span className={classes.quiet}>{text.payload.loading}</span>;
  return (
    <pre className={classes.text} dir="ltr">
      {hexLines(data.base64, offset).map((line) => (
        <div key={line.offset}>
          <span className={classes.offset}>{line.offset}</span> <span>{line.hex}</span>{' '}
          <span className={classes.ascii}>{line.ascii}</span>
        </div>
      ))}
    </pre>
  );
}
