// What is wrong with a body that is being edited, with its place. Checked here, because the text never leaves the page before it is sent.
import type { CodeFault, CodeLanguage } from '../../design/code-editor.tsx';
import { text } from '../../text/en.ts';

/** The offset that a parser names in its message ("… at position 12", "… (line 2 column 5)"). */
function jsonPlace(message: string, body: string): number | undefined {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Math.min(Number(position), body.length);
  return /end of JSON/.test(message) ? body.length : undefined;
}

function jsonFaults(body: string): CodeFault[] {
  try {
    JSON.parse(body);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const from = jsonPlace(message, body);
    // The part in brackets repeats the text around the place.
    return [
      { message: message.replace(/\s*\(line \d+ column \d+\)$/, ''), ...(from !== undefined && { from }) },
    ];
  }
}

function offsetOf(body: string, line: number, column: number): number {
  const lines = body.split('\n').slice(0, line - 1);
  return Math.min(
    body.length,
    lines.reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1),
  );
}

function xmlFaults(body: string): CodeFault[] {
  const parsed = new DOMParser().parseFromString(body, 'application/xml');
  const told = parsed.querySelector('parsererror')?.textContent;
  if (told === undefined || told === null) return [];
  const place = /line (\d+) at column (\d+):\s*([^\n]*)/.exec(told);
  return place
    ? [
        {
          message: place[3] || text.replay.xmlFault,
          from: offsetOf(body, Number(place[1]), Number(place[2])),
        },
      ]
    : [{ message: text.replay.xmlFault }];
}

export function bodyFaults(language: CodeLanguage, body: string): CodeFault[] {
  if (body.trim() === '' || language === 'text') return [];
  return language === 'json' ? jsonFaults(body) : xmlFaults(body);
}
