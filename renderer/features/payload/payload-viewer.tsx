// The body of one call: tree, pretty and raw under one toolbar. This fetches what the engine prepared and waits for it.
import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { FaultPlace, PayloadNode, UnwrapStep } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { type LineMatch, splitLines } from './find-in-lines.ts';
import { LoadedViewer } from './loaded-viewer.tsx';
import { PayloadLines } from './payload-lines.tsx';
import type { PlaceBadge } from './payload-tree.tsx';
import classes from './payload-viewer.module.css';

/** `mapped` is what XML becomes for the mapping, as JSON. */
export type PayloadMode = 'tree' | 'pretty' | 'mapped' | 'raw';

export interface PayloadViewerProps {
  captureId: string;
  /** Raw is shown in any case where the body has no tree. */
  startMode?: PayloadMode;
  /** Where another control has a say in the mode too. */
  mode?: PayloadMode;
  onMode?: (mode: PayloadMode) => void;
  fault?: FaultPlace | undefined;
  /** Bytes that were sent: where nothing of them is stored, the viewer says so. */
  sentSize?: number | undefined;
  onPick?: (node: PayloadNode) => void;
  canPick?: (node: PayloadNode) => boolean;
  badges?: ReadonlyMap<string, PlaceBadge>;
  /** Segments of a place to open and bring into view; a new array asks again. */
  reveal?: readonly (string | number)[] | undefined;
  /** Wrapped texts that the tree shows open. */
  unwrap?: UnwrapStep[] | undefined;
}

const noMatches: readonly LineMatch[] = [];
/** From here on reading the whole body takes a noticeable time. */
export const largeBytes = 1_000_000;

export function PayloadViewer(props: PayloadViewerProps) {
  const { data, problem, refetch } = useCall('captures.view', {
    id: props.captureId,
    ...(props.unwrap && { unwrap: props.unwrap }),
  });
  const isLarge = (props.sentSize ?? 0) > largeBytes;
  const early = useCall('captures.start', isLarge && !data && !problem ? { id: props.captureId } : undefined);
  if (!data && !problem && early.data && early.data.start.text !== '') {
    return <EarlyText text={early.data.start.text} />;
  }
  if (!data) {
    return (
      <div className={classes.viewer} aria-busy={!problem}>
        {problem ? (
          <div className={classes.padded}>
            <ProblemNotice
              what={text.payload.notShown}
              why={problem.message}
              action={{ label: text.payload.tryAgain, onPress: refetch }}
            />
          </div>
        ) : (
          <div className={classes.padded}>
            {[60, 40, 75, 50, 66, 30].map((width) => (
              <Skeleton key={width} className={classes.skeleton} w={`${width}%`} />
            ))}
          </div>
        )}
      </div>
    );
  }
  return <LoadedViewer {...props} view={data.view} />;
}

/** The beginning of a large body, readable while the whole of it is being read for the tree. */
function EarlyText({ text: start }: { text: string }) {
  const lines = useMemo(() => splitLines(start), [start]);
  return (
    <section className={classes.viewer} aria-label={text.payload.label} aria-busy>
      <p className={classes.cut} role="status">
        {text.payload.readingAll}
      </p>
      <PayloadLines
        label={text.payload.modes.raw}
        lines={lines}
        isJson={/^\s*[[{]/.test(start)}
        wrap
        matches={noMatches}
        currentMatch={undefined}
      />
    </section>
  );
}
