// Bytes as lines of hex digits beside their ASCII letters. Pure.

const perLine = 16;

/** `00000010  68 65 6c 6c 6f …  hello`, at most `most` bytes of what `base64` holds. */
export function hexLines(base64: string, most = 512): string[] {
  const bytes = atob(base64).slice(0, most);
  const lines: string[] = [];
  for (let from = 0; from < bytes.length; from += perLine) {
    const part = Array.from(bytes.slice(from, from + perLine));
    const hex = part.map((each) => each.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    const letters = part.map((each) => (each >= ' ' && each <= '~' ? each : '.')).join('');
    lines.push(`${from.toString(16).padStart(8, '0')}  ${hex.padEnd(perLine * 3 - 1)}  ${letters}`);
  }
  return lines;
}
