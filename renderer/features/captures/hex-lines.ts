// Bytes as lines of a hex dump. Pure.

export const lineBytes = 16;
/** Fetched at once. */
export const pieceBytes = 1024;

export interface HexLine {
  offset: string;
  hex: string;
  /** Printable ASCII; a dot for everything else. */
  ascii: string;
}

export function hexLines(base64: string, from: number): HexLine[] {
  const bytes = atob(base64);
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += lineBytes) {
    const row = [...bytes.slice(at, at + lineBytes)].map((char) => char.charCodeAt(0));
    const pairs = row.map((byte) => byte.toString(16).padStart(2, '0'));
    lines.push({
      offset: (from + at).toString(16).padStart(8, '0'),
      hex: `${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}`.padEnd(lineBytes * 3),
      ascii: row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join(''),
    });
  }
  return lines;
}
