// What a handshake was answered with, or why it was refused, in the engine's words.
import { useCall } from '../../api/use-call.ts';
import { ProblemNotice } from '../../design/problem-notice.tsx';
import { text } from '../../text/en.ts';

interface HandshakeNoteProps {
  captureId: string;
  status: number;
}

export function HandshakeNote({ captureId, status }: HandshakeNoteProps) {
  const note = useHandshakeNote(captureId);
  if (note === undefined) return null;
  const isRight = status < 300;
  return (
    <ProblemNotice tone={isRight ? 'info' : 'warn'} what={text.captures.handshakeWent(isRight)} why={note} />
  );
}

/** Undefined without a call, and until it is known. */
export function useHandshakeNote(captureId: string | undefined): string | undefined {
  const { data } = useCall('captures.get', captureId === undefined ? undefined : { id: captureId });
  return data?.capture.notes[0];
}
