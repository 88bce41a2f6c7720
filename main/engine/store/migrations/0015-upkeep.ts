// Remembered deliveries by time: forgetting the old ones read all of them, every few minutes.
import type { Migration } from './migrations.ts';

export const upkeep: Migration = {
  name: '0015-upkeep',
  sql: `
CREATE INDEX remembered_deliveries_by_time ON remembered_deliveries (data_source_id, received_at);
`,
};
