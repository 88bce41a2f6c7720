// The engine's log: one JSON line an entry, control characters escaped by JSON. Never a payload, a header or a secret.
export type LogLevel = 'info' | 'warning' | 'error';
export type LogFacts = Record<string, string | number | boolean | undefined>;
export type Log = (level: LogLevel, what: string, facts?: LogFacts) => void;

/** `write` takes one finished line without its line end. */
export function createLog(write: (line: string) => void): Log {
  return (level, what, facts = {}) => {
    write(JSON.stringify({ at: new Date().toISOString(), level, what, ...facts }));
  };
}

/** The name and message of an unexpected error, for the log only. */
export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: String(error) };
  return { error: `${error.name}: ${error.message}`, stack: error.stack };
}
