// The body of one call: tree, pretty and raw under one toolbar. This fetches what the engine prepared and waits for it.
import { Skeleton } from '@mantine/core';
import type { FaultPlace, PayloadNode, UnwrapStep } from '#contract';
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';
import { LoadedViewer } from './loaded-viewer.tsx';
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

export function PayloadViewer(props: PayloadViewerProps) {
  const { data, problem, refetch } = useCall('captures.view', {
    id: props.captureId,
    ...(props.unwrap && { unwrap: props.unwrap }),
  });
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
  return (
    <LoadedViewer
      {...props}
      key={`${props.captureId} ${JSON.stringify(props.unwrap ?? [])}`}
      view={data.view}
    />
  );
}
