// What is said, and asked, where the system's key store protects secrets weakly.
export const weakStore = {
  what: 'Secrets are protected weakly on this computer',
  why: 'The system offers no protected key store (such as GNOME Keyring or KWallet), so every program that runs under your name could open what is kept here.',
  consent: 'Keep the secret all the same',
};
