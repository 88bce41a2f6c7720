// What was typed in one go, for lists that find by typing; a pause begins anew.
import { useRef } from 'react';

const pauseMs = 900;

/** Returns a function that takes a character and answers with all that was typed without a pause. */
export function useTypedText(): (character: string) => string {
  const typed = useRef({ text: '', at: 0 });
  return (character) => {
    const now = performance.now();
    const isGoingOn = now - typed.current.at < pauseMs;
    typed.current = { text: (isGoingOn ? typed.current.text : '') + character, at: now };
    return typed.current.text;
  };
}
