// The time until something happens, second by second in the last minutes ("in 4 min 12 s"), then "now".
import { useEffect, useState } from 'react';
import { formatAbsolute, formatDuration } from '../../design/formats.ts';

const tickMs = 1000;

export function useSecondsUntil(at: string): number {
  const until = () => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(until);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [at]);
  return seconds;
}

export function Countdown({ at, words, due }: { at: string; words: (time: string) => string; due: string }) {
  const seconds = useSecondsUntil(at);
  return (
    <time dateTime={at} title={formatAbsolute(new Date(at))}>
      {seconds === 0 ? due : words(`in ${formatDuration(seconds * 1000)}`)}
    </time>
  );
}
