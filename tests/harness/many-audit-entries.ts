// An audit log as long as it gets in years, written beside the engine.
import { openDatabase } from '../../main/engine/store/database.ts';

/** `count` renamings of a data source by scripts, older ones first. */
export function addAuditEntries(dataDir: string, dataSourceId: string, count: number): void {
  const database = openDatabase(`${dataDir}/hookbench.db`);
  try {
    database
      .prepare(
        `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
          INSERT INTO audit_entries (data_source_id, data_source_name, at, via, user, action, changes)
            SELECT ?, 'Long', n, 'script', '', 'renamed', '[]' FROM numbers`,
      )
      .run(count, dataSourceId);
  } finally {
    database.close();
  }
}
