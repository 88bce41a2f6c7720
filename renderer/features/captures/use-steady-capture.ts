// Which call the pane shows while the chosen one is being fetched: the one before stays, whole, until the next is here with its body. So the
// pane is changed rather than made anew, nothing flickers, and no head ever stands over the body of another call.
import { useEffect, useState } from 'react';
import { useCall } from '../../api/use-call.ts';
import { largeBytes } from '../payload/payload-viewer.tsx';

/** Longer than that a reader must not look at a call that is no longer the chosen one. */
const heldMs = 200;

export interface SteadyCapture {
  /** The call to show, as a whole: its head, its body and its buttons. */
  shown: string;
  /** Another one was chosen and is still to come. */
  isChanging: boolean;
}

/** `withBody`: the pane shows the body, so that the next call is complete only with it. A large body is not waited for. */
export function useSteadyCapture(captureId: string, withBody: boolean): SteadyCapture {
  const [shown, setShown] = useState(captureId);
  const [late, setLate] = useState<string>();
  const head = useCall('captures.get', { id: captureId });
  const view = useCall('captures.view', withBody ? { id: captureId } : undefined);
  const isChanging = shown !== captureId;
  const isLarge = (head.data?.capture.size ?? 0) > largeBytes;
  const hasBody = !withBody || isLarge || view.data !== undefined || view.problem !== undefined;
  const isHere = head.problem !== undefined || (head.data !== undefined && hasBody);

  useEffect(() => {
    if (!isChanging) return;
    const timer = setTimeout(() => setLate(captureId), heldMs);
    return () => clearTimeout(timer);
  }, [isChanging, captureId]);
  if (isChanging && (isHere || late === captureId)) setShown(captureId);

  return { shown, isChanging };
}
