// The names on the line between the preload and the shell; both sides import them. Nothing else.
export const ipcNames = {
  /** page → shell: asks for a port to the engine */
  requestPort: 'hookbench:request-port',
  /** shell → page: brings exactly one port; the preload passes it on under the same name */
  port: 'hookbench:port',
  /** page → shell: opens a vetted https link in the system's browser; answers whether it did */
  openExternal: 'hookbench:open-external',
} as const;
