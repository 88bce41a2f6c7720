// What a page finds as `window.hookbench` in the desktop window, and only there. Types only: the page imports this file
// without knowing Electron.

export interface NativeAbilities {
  readonly platform: string;
  readonly version: string;
  /** Asks for a port to the engine; it comes as a message, see preload.ts. */
  requestPort(): void;
  /** Resolves to whether the link was opened in the system's browser; only https links to public hosts are. */
  openExternal(url: string): Promise<boolean>;
  /**
   * Asks where to save the file of a download ticket and lets the engine write it there. Resolves to false where the user closed the
   * dialog or no engine runs; how the writing goes is told by the event `items.exported`.
   */
  saveDownload(ticket: string, fileName: string): Promise<boolean>;
}
