// Why an engine could not start; the hosts turn the code into an exit code, a page or a dialog.
export type EngineStartCode =
  | 'portTaken'
  | 'folderLocked'
  | 'folderNotWritable'
  | 'storeDamaged'
  | 'storeNewer';

export class EngineStartError extends Error {
  readonly code: EngineStartCode;
  constructor(code: EngineStartCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EngineStartError';
    this.code = code;
  }
}
