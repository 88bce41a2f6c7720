// Where in a body a fault stands, in words. Pure.
import type { FaultPlace, Rejection } from '#contract';
import { text } from '../../text/en.ts';

/** Undefined where the fault has no place (a missing signature, a size limit). */
export function placeWords(at: FaultPlace | undefined): string | undefined {
  if (at?.line !== undefined) return text.captures.atLine(at.line, at.column);
  if (at?.index !== undefined) return text.captures.atIndex(at.index);
  if (at?.offset !== undefined) return text.captures.atOffset(at.offset);
  return undefined;
}

/** The reason with its place; a message that names the place already is left as it is. */
export function rejectionWords(rejection: Rejection): string {
  const place = placeWords(rejection.at);
  const { message } = rejection;
  return place === undefined || message.toLowerCase().includes(place.toLowerCase())
    ? message
    : `${message} (${place})`;
}
