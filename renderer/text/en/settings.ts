// Sentences of Settings.
export const settings = {
  title: 'Settings',
  about: 'They hold for this computer.',
  appearance: 'Appearance',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  running: 'This Hookbench',
  copyReceiver: 'Copy the receiver’s address',
  version: 'Version',
  receiver: 'Receiver',
  failed: 'The settings could not be read',
  notSaved: 'The setting was not saved',
};
