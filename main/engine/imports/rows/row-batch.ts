// What the row readers give: rows as JSON texts with their number in the file, and the rows that could not be read.

export interface FileRow {
  /** As people count it in this file, from 1. */
  row: number;
  /** The text of a JSON object, every number as it was written. */
  json: string;
}

export interface FailedRow {
  row: number;
  reason: string;
}

export interface RowBatch {
  rows: FileRow[];
  failed: FailedRow[];
}

export function emptyBatch(): RowBatch {
  return { rows: [], failed: [] };
}

/** What a reader found out about the file while it read. */
export interface ReaderFacts {
  columns?: string[];
  notes: Set<string>;
  /** A JSON file that is one object: it becomes a capture as it stands, not an element of a list. */
  isOneObject?: boolean;
}
