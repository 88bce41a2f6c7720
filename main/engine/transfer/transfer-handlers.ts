// The calls about captures as files.
import type { Caller } from '#contract';
import type { Handlers } from '../calls.ts';
import type { Downloads } from '../downloads/downloads.ts';
import type { PayloadReader } from '../payloads/payload-reader.ts';
import type { CaptureDownloads } from './capture-downloads.ts';
import type { CaptureImports } from './capture-imports.ts';
import { maskedBody } from './masked-body.ts';
import { exportSource, importSource, type MakeCall } from './source-file.ts';

export function createTransferHandlers(deps: {
  downloads: Downloads;
  captureDownloads: CaptureDownloads;
  captureImports: CaptureImports;
  reader: PayloadReader;
  /** The engine's own calls, for the same caller. */
  makeCall(signal: AbortSignal, caller: Caller): MakeCall;
}) {
  const { downloads, captureDownloads, captureImports, reader, makeCall } = deps;
  return {
    'captures.download': (input) => captureDownloads.ticketFor(input),
    'captures.cancelDownload': ({ ticket }) => {
      downloads.cancel(ticket);
      return {};
    },
    'captures.export': (input, signal) => captureDownloads.exportPage(input, signal),
    'dataSources.exportFile': ({ id }, signal, caller) =>
      exportSource(makeCall(signal, caller), id, (source) => maskedBody(reader, source, [], signal)),
    'dataSources.importFile': ({ text }, signal, caller) => importSource(makeCall(signal, caller), text),
    'captureFiles.begin': async (input) => ({ file: await captureImports.begin(input) }),
    'captureFiles.append': async (input) => ({ received: await captureImports.append(input) }),
    'captureFiles.check': async ({ id }, signal) => ({ file: await captureImports.check(id, signal) }),
    'captureFiles.apply': (input, signal, caller) => captureImports.apply(input, signal, caller),
    'captureFiles.drop': async ({ id }) => {
      await captureImports.drop(id);
      return {};
    },
  } satisfies Partial<Handlers>;
}
