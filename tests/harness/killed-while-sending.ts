// Run as a child: opens an outbox on a data folder, puts jobs in, and kills itself at a marked point of the call that it was told.
// Arguments: data folder, Base Url, jobs to put in, point, which call (from 1). Prints the ids of what it put in, once that is committed.
import { writeSync } from 'node:fs';
import { callOver, startTestOutbox } from './test-outbox.ts';

export type KillPoint = 'claimed' | 'sent' | 'settled';

const [dataDir = '', baseUrl = '', jobs = '0', point = '', which = '1'] = process.argv.slice(2);
let calls = 0;
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const send = callOver((id) => id);
const { enqueue, outbox } = startTestOutbox(dataDir, {
  async callConnection(call) {
    calls += 1;
    const mine = calls;
    if (point === 'claimed' && mine === Number(which)) die();
    const answer = await send(call);
    if (point === 'sent' && mine === Number(which)) die();
    return answer;
  },
});
let settled = 0;
outbox.onSettled(() => {
  settled += 1;
  // The transaction ends within this turn.
  if (point === 'settled' && settled >= Number(which)) setImmediate(die);
});
const ids = enqueue(baseUrl, Number(jobs));
writeSync(1, `${JSON.stringify(ids)}\n`);
outbox.resume();
// Only a kill ends it.
setInterval(() => undefined, 1_000);
