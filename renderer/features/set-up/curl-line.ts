// The command that plays a call of the application from a terminal. Pure.
import type { Application } from '#contract';

const plainSample = { contentType: 'application/json', body: '{"id": 1, "title": "First call"}' };

/** Quoted for a POSIX shell: nothing inside is interpreted. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One line: the line breaks of a pretty JSON or XML sample mean nothing and are dropped. */
function oneLine(body: string): string {
  return body.trim().replace(/\r?\n\s*/g, ' ');
}

export function curlLine(url: string, sample: Application['sample'] | undefined): string {
  const { contentType, body } = sample ?? plainSample;
  return `curl -X POST ${quoted(url)} -H ${quoted(`Content-Type: ${contentType}`)} --data-raw ${quoted(oneLine(body))}`;
}
