// Run as a child: opens the engine on a data folder, prints the address of its receiver, and kills itself in the very turn in which a
// marked point of a run is in the store. Arguments: data folder, a query that finds something there at that point.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../main/engine/engine.ts';
import { openDatabase } from '../../main/engine/store/database.ts';
import { testVaultKey } from './test-engine.ts';

const [dataDir = '', query = ''] = process.argv.slice(2);
const engine = await createEngine({
  dataDir,
  receiverPort: 0,
  version: 'killed',
  vaultKey: testVaultKey,
  log: () => undefined,
});
const point = openDatabase(join(dataDir, 'hookbench.db')).prepare(query);
/** Transactions end within their turn, so no state between two turns is passed over. */
function look(): void {
  if (point.get() !== undefined) process.kill(process.pid, 'SIGKILL');
  setImmediate(look);
}
look();
writeSync(1, `${engine.facts.receiver.url}\n`);
