// What is asked of the import worker, and what it answers. Types only.
import type { ImportFacts, ImportOptions } from '#contract';
import type { PackedBody } from '../captures/body-packing.ts';
import type { FailedRow } from './rows/row-batch.ts';

export interface ImportTask {
  file: string;
  fileName: string;
  options: ImportOptions;
  /** check: the whole file is read and nothing is given out. apply: its rows are given out in chunks, one after the other. */
  mode: 'check' | 'apply';
}

/** Rows that become one capture. */
export interface ImportChunk {
  rows: number;
  /** Their numbers in the file, in order: `2-51,53-501`. */
  ranges: string;
  /** Bytes before packing. */
  size: number;
  body: PackedBody;
}

export type ImportReply =
  | { kind: 'progress'; bytes: number }
  /** The worker waits for `next` before it goes on. */
  | { kind: 'part'; chunk: ImportChunk | undefined; failed: FailedRow[] }
  | { kind: 'done'; facts: ImportFacts }
  /** The file cannot be read: a sentence for people, and what was found out before. */
  | { kind: 'refused'; message: string; facts: ImportFacts | undefined }
  | { kind: 'failed'; message: string };
