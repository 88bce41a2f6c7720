// Writes calls to a file or to standard output, page by page. A file is whole or not there.
import type { CallInput, CaptureFileFormat } from '#contract';
import { FileNotWritten, writeWholeFile } from '../../engine/downloads/whole-file.ts';
import { captureFileWriters } from '../../engine/transfer/capture-file.ts';
import type { CaptureRecord } from '../../engine/transfer/capture-record.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { UsageError } from '../read-arguments.ts';

const callsAtOnce = 100;

export async function exportTo(
  context: CommandContext,
  wanted: { format: CaptureFileFormat; out: string | undefined; choice: CallInput<'captures.export'> },
): Promise<CommandResult> {
  const { format, out, choice } = wanted;
  let calls = 0;
  const parts = partsOf(context, format, choice, () => {
    calls += 1;
  });
  if (out === undefined) {
    if (context.flags['json']) throw new UsageError('--json needs --out <file>: the calls are the output.');
    for await (const text of parts) await context.print(text);
    return { json: undefined, text: '' };
  }
  try {
    await writeWholeFile(out, parts);
  } catch (error) {
    throw error instanceof FileNotWritten ? new Error(`${out}: ${error.message}`) : error;
  }
  return { json: { calls, file: out }, text: `${calls} calls written to ${out}\n` };
}

async function* partsOf(
  { engine }: CommandContext,
  format: CaptureFileFormat,
  choice: CallInput<'captures.export'>,
  onCall: () => void,
): AsyncGenerator<string> {
  const writer = captureFileWriters[format];
  let isFirst = true;
  let before: string | undefined;
  yield writer.head;
  do {
    const page = await engine.call('captures.export', {
      ...choice,
      limit: callsAtOnce,
      ...(before === undefined ? {} : { before }),
    });
    for (const line of page.ndjson.split('\n')) {
      if (line === '') continue;
      yield format === 'ndjson' ? `${line}\n` : writer.capture(JSON.parse(line) as CaptureRecord, isFirst);
      isFirst = false;
      onCall();
    }
    before = page.next;
  } while (before !== undefined);
  yield writer.tail;
}
