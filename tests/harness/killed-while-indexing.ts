// Run as a child: opens the engine on a data folder, saves a mapping, and kills itself at a marked point: when the wanted
// share of the history is indexed. Arguments: data folder, data source, mapping as JSON, calls.
import { createEngine } from '../../main/engine/engine.ts';

const [dataDir = '', dataSourceId = '', mapping = '{}', calls = '0'] = process.argv.slice(2);
const engine = await createEngine({ dataDir, receiverPort: 0, version: 'killed', log: () => undefined });
engine.subscribe((event, data) => {
  if (event !== 'mapping.indexed') return;
  const { done } = data as { done: number };
  if (done >= Number(calls)) process.kill(process.pid, 'SIGKILL');
});
await engine.dispatch(
  'mapping.save',
  { dataSourceId, mapping: JSON.parse(mapping) },
  new AbortController().signal,
  'script',
);
