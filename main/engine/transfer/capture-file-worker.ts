// The worker thread that reads one file of captures and nothing else; it may be killed at any moment. It counts, or gives the records out
// in parts, the next one when it is asked for.
import { parentPort, workerData } from 'node:worker_threads';
import type { CaptureFileReply, CaptureFileTask } from './capture-file-lane.ts';
import type { CaptureRecord } from './capture-record.ts';
import { CaptureFileFault, readCaptureFile, readCaptureFileByTime } from './read-capture-file.ts';

const recordsAtOnce = 50;
const charsAtOnce = 1024 * 1024;

const port = parentPort;
if (!port) throw new Error('capture-file-worker.ts runs as a worker thread only.');
const reply = (message: CaptureFileReply): void => port.postMessage(message);
let goOn: (() => void) | undefined;
port.on('message', () => goOn?.());

function give(records: CaptureRecord[]): Promise<void> {
  return new Promise((resolve) => {
    goOn = resolve;
    reply({ kind: 'part', records });
  });
}

const { file, mode } = workerData as CaptureFileTask;
try {
  let part: CaptureRecord[] = [];
  let chars = 0;
  let calls = 0;
  let masked = 0;
  const sources = new Map<string, { name: string; applicationId?: string | undefined; calls: number }>();
  for await (const record of mode === 'check' ? readCaptureFile(file) : readCaptureFileByTime(file)) {
    calls += 1;
    if (record.masked) masked += 1;
    const { name, applicationId } = record.source;
    const known = sources.get(name) ?? { name, applicationId, calls: 0 };
    sources.set(name, { ...known, calls: known.calls + 1 });
    if (mode === 'check') continue;
    part.push(record);
    chars += (record.text?.length ?? 0) + (record.base64?.length ?? 0);
    if (part.length < recordsAtOnce && chars < charsAtOnce) continue;
    await give(part);
    part = [];
    chars = 0;
  }
  if (part.length > 0) await give(part);
  reply({ kind: 'done', content: { calls, masked, sources: [...sources.values()] } });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  reply({ kind: error instanceof CaptureFileFault ? 'refused' : 'failed', message });
} finally {
  port.close();
}
