// One cell of a CSV file (RFC 4180). Threat: texts that a sender or the user chose are opened in a spreadsheet, which would run a cell that
// begins like a formula; some look past blanks and ends of lines, and some take the wide forms of the signs, too.

/** Defused with an apostrophe where a spreadsheet would see a formula; quoted where CSV needs it. */
export function csvText(text: string): string {
  return csvQuoted(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text);
}

export function csvQuoted(text: string): string {
  return /[",;\t\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
