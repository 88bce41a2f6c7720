// What a connection answers to valid calls, its rate and its size limit: JSON of `Receiving`.
import type { Migration } from './migrations.ts';

export const receiving: Migration = {
  name: '0016-receiving',
  sql: `
ALTER TABLE connections ADD COLUMN receiving TEXT NOT NULL DEFAULT '{}';
`,
};
