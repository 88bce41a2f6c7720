// Proves that the store can be written again after a fault: writes and takes back some pages in one durable transaction. Nothing of it remains.
import { type Database, transact } from './database.ts';

/** More than what a full disk has left by chance. */
const proofBytes = 256 * 1024;

/** @throws the driver's error while the store cannot be written */
export function proveWritable(database: Database): void {
  transact(database, () =>
    database.exec(`CREATE TABLE write_proof (bytes BLOB NOT NULL) STRICT;
      INSERT INTO write_proof (bytes) VALUES (zeroblob(${proofBytes}));
      DROP TABLE write_proof;`),
  );
}
