// Sentences of the frame: navigation, commands, status bar, what every screen shares.
export const copy = {
  copied: 'Copied',
  failed: 'Not copied: select the text and copy it by hand',
};

export const table = {
  newRows: (count: number) => `${count} new above`,
  manyNewRows: 'Many new above',
};

export const window = {
  close: 'Close',
  steps: 'Steps',
  stepDone: '(done)',
  closeQuestion: 'Close without saving?',
  stay: 'Stay',
  closeAnyway: 'Close anyway',
};

export const problems = {
  engineAway: 'The engine cannot be reached',
  store: 'The store cannot be written',
  missing: 'It is not there any more',
  tunnel: 'The tunnel did not start',
  internal: 'Something failed inside Hookbench',
  refused: 'That was not accepted',
  tryAgain: 'Try again',
};

export const frame = {
  openNavigation: 'Open the main navigation',
  navigation: 'Main navigation',
  rail: 'Screens',
  breadcrumbs: 'Where you are',
  skip: 'Skip to the content',
  enterpriseComponents: 'Enterprise Components',
  settings: 'Settings',
  search: 'Search…',
  searchLabel: 'Search and commands',
  newDataSource: 'New Data Source',
  cloudApplication: 'Cloud Application',
  customInternalApi: 'Custom / Internal API',
  customInternalApiAbout: 'Any HTTP API: calls out, calls in, or items typed by hand',
  spreadsheetsFiles: 'Spreadsheets / Files',
  spreadsheetsFilesAbout: 'Current data from CSV, JSON, NDJSON or Excel files',
  cloudApplicationAbout: 'An application that calls you by webhook',
  notFoundTitle: 'There is no such screen',
  notFoundAbout: 'The address leads nowhere. Your data sources are under Enterprise Components.',
  notFoundAction: 'Open Enterprise Components',
  crashTitle: 'This screen failed',
  crashWhy: 'What was received and saved is not affected; the receiver keeps running.',
  awayTitle: 'This screen could not be loaded',
  awayWhy: 'Hookbench does not answer. The screen is loaded as soon as it does.',
  crashAction: 'Load the screen again',
  loading: 'Loading',
};

export const commands = {
  placeholder: 'Search data sources, solutions and commands',
  nothing: 'Nothing matches. Try a part of a name.',
  dataSources: 'Data sources',
  solutions: 'Solutions and modules',
  goTo: 'Go to',
  actions: 'Actions',
  appearance: 'Appearance',
  startTunnel: 'Start the tunnel',
  stopTunnel: 'Stop the tunnel',
  newCloudApplication: 'New data source: Cloud Application',
  newCustomInternalApi: 'New data source: Custom / Internal API',
  theme: {
    system: 'Use the theme of the system',
    light: 'Use the light theme',
    dark: 'Use the dark theme',
  },
};

export const statusBar = {
  receiver: 'Receiver',
  reachableFrom: (place: string) => `· reachable from ${place}`,
  receiverHint: 'Listens on this computer only. Copy the address.',
  callsPerMinute: (count: string) => `${count} ${count === '1' ? 'call' : 'calls'}/min`,
  waiting: (count: string) => `${count} waiting`,
  callsPerMinuteHint: (count: string) => `Calls received in the last 60 seconds: ${count}`,
  waitingHint: (count: string) => `Calls that wait for a mapping or for being indexed: ${count}`,
  reconnecting: 'Reconnecting…',
  reconnectingHint: 'Hookbench does not answer. Start it again if it ended; this page goes on by itself.',
  storeFault: 'Store fault',
};

export const signedOut = {
  title: 'Not signed in',
  about: 'This window is not signed in to the running Hookbench; open the address that the terminal printed.',
  again: 'Try again',
};
