// The names on the line between the preload and the shell; both sides import them. Nothing else.

/** The argument by which the preload learns the program's version; its sandbox has no other way. */
export const versionArgument = '--hookbench-version=';

export const ipcNames = {
  /** page → shell: asks for a port to the engine */
  requestPort: 'hookbench:request-port',
  /** shell → page: brings exactly one port; the preload passes it on under the same name */
  port: 'hookbench:port',
  /** shell → page: the engine has gone, and every port to it; passed on under the same name */
  portLost: 'hookbench:port-lost',
  /** page → shell: opens a vetted https link in the system's browser; answers whether it did */
  openExternal: 'hookbench:open-external',
  /** page → shell: asks where to save a download and has the engine write it; answers whether it was begun */
  saveDownload: 'hookbench:save-download',
} as const;
