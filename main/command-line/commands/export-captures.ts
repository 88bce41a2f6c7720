// Writes calls to a file or to standard output, page by page. A file stands under another name until it is whole.
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { CallInput, CaptureFileFormat } from '#contract';
import { captureFileWriters } from '../../engine/transfer/capture-file.ts';
import type { CaptureRecord } from '../../engine/transfer/capture-record.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { whyOf } from '../output.ts';
import { UsageError } from '../read-arguments.ts';

const callsAtOnce = 100;

export async function exportTo(
  context: CommandContext,
  wanted: { format: CaptureFileFormat; out: string | undefined; choice: CallInput<'captures.export'> },
): Promise<CommandResult> {
  const { format, out, choice } = wanted;
  if (out === undefined) {
    if (context.flags['json']) throw new UsageError('--json needs --out <file>: the calls are the output.');
    await writeAll(context, format, choice, (text) => context.print(text));
    return { json: undefined, text: '' };
  }
  const part = `${out}.part`;
  let file: FileHandle | undefined;
  try {
    file = await open(part, 'wx', 0o600);
    const opened = file;
    const calls = await writeAll(context, format, choice, (text) => opened.writeFile(text));
    await file.sync();
    await file.close();
    file = undefined;
    await rename(part, out);
    return { json: { calls, file: out }, text: `${calls} calls written to ${out}\n` };
  } catch (error) {
    await file?.close();
    // Another one's file is left alone.
    const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    if (!isTaken) await rm(part, { force: true });
    if (isTaken)
      throw new Error(
        `${part} is there already: another export is writing it, or was ended. Remove it first.`,
      );
    if ((error as NodeJS.ErrnoException).syscall) {
      throw new Error(`${out} cannot be written: ${whyOf(error)}. Nothing of it is left.`);
    }
    throw error;
  }
}

async function writeAll(
  { engine }: CommandContext,
  format: CaptureFileFormat,
  choice: CallInput<'captures.export'>,
  write: (text: string) => Promise<void>,
): Promise<number> {
  const writer = captureFileWriters[format];
  let calls = 0;
  let before: string | undefined;
  await write(writer.head);
  do {
    const page = await engine.call('captures.export', {
      ...choice,
      limit: callsAtOnce,
      ...(before === undefined ? {} : { before }),
    });
    for (const line of page.ndjson.split('\n')) {
      if (line === '') continue;
      await write(
        format === 'ndjson' ? `${line}\n` : writer.capture(JSON.parse(line) as CaptureRecord, calls === 0),
      );
      calls += 1;
    }
    before = page.next;
  } while (before !== undefined);
  await write(writer.tail);
  return calls;
}
