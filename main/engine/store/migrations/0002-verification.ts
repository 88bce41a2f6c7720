// Verification of calls: the secrets of a connection (sealed), a scheme that the user chose, and the verdict on each call.
import type { Migration } from './migrations.ts';

export const verification: Migration = {
  name: '0002-verification',
  sql: `
-- The scheme that the user chose, as JSON, where the application brings none.
ALTER TABLE connections ADD COLUMN chosen_scheme TEXT;

-- purpose: signature or verifyToken · origin: user or handshake. At most two signatures of a connection are live.
CREATE TABLE connection_secrets (
  id            TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
  purpose       TEXT NOT NULL,
  origin        TEXT NOT NULL,
  sealed        BLOB NOT NULL,
  set_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX connection_secrets_by_connection ON connection_secrets (connection_id, purpose);

-- Both JSON: the verdict on the signature, and what a handshake asks the user to copy or open. Absent in older calls.
ALTER TABLE captures ADD COLUMN verification TEXT;
ALTER TABLE captures ADD COLUMN found TEXT;
`,
};
