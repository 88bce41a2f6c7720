// The past of the tunnel: its probes in steps of ten minutes, its gaps, and which public address each connection's application was given.
import type { Migration } from './migrations.ts';

export const tunnels: Migration = {
  name: '0007-tunnels',
  sql: `
-- Small facts as JSON: the name that a localtunnel server gave, the public address that was live last.
CREATE TABLE tunnel_facts (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- One row for ten minutes with probes. Capped.
CREATE TABLE tunnel_points (
  at         INTEGER PRIMARY KEY,
  good       INTEGER NOT NULL,
  failed     INTEGER NOT NULL,
  total_ms   REAL NOT NULL,
  slowest_ms REAL NOT NULL,
  last_good  INTEGER
) STRICT;

-- When the public address took no calls; at most one has no end. Capped.
CREATE TABLE tunnel_gaps (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  reason     TEXT NOT NULL
) STRICT;

-- The public base address that the application of a connection has, as far as the user says.
CREATE TABLE tunnel_given (
  connection_id TEXT PRIMARY KEY,
  address       TEXT NOT NULL,
  given_at      INTEGER NOT NULL
) STRICT;
`,
};
