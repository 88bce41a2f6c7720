// A capture as it can be edited: its parts with every secret concealed, and its body as text where it is text.
import type { CallDraft } from '#contract';
import type { CaptureRow } from '../captures/captures-table.ts';
import type { ApplicationDefinition } from '../catalog/application-definition.ts';
import type { LiveVerification } from '../connections/connection-verification.ts';
import { canImitate } from '../connections/sign-sample.ts';
import { BodyFault } from '../parsing/body-fault.ts';
import { formatOfType, readContentType } from '../parsing/content-type.ts';
import { decompressBody } from '../parsing/decompress-body.ts';
import { isCheckable } from '../verification/secret-fault.ts';
import { isNamed, type SourceCall } from './source-call.ts';

/** A larger one is no matter for an editor; it can be saved, changed elsewhere and sent from there. */
export const maxEditedBytes = 1024 * 1024;

type EditableBody = { text: string } | { fixed: string };

function editableBody(body: Uint8Array, encoding: string | undefined): EditableBody {
  const tooLarge = {
    fixed: 'The body is larger than 1 MiB, too large to edit here. It goes as it was received.',
  };
  if (body.length > maxEditedBytes) return tooLarge;
  let bytes: Uint8Array;
  try {
    bytes = decompressBody(body, encoding, maxEditedBytes);
  } catch (error) {
    if (!(error instanceof BodyFault)) throw error;
    return error.status === 413
      ? tooLarge
      : { fixed: 'The compression of the body cannot be undone. It goes as it was received.' };
  }
  try {
    // With its byte-order mark, which is a part of what was received.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { fixed: 'The body is no UTF-8 text. It goes as it was received.' };
  }
}

function languageOf(contentType: string | undefined, text: string | undefined): CallDraft['language'] {
  const declared = formatOfType(readContentType(contentType).type);
  if (declared === 'json' || declared === 'xml') return declared;
  if (declared !== undefined) return 'text';
  const start = text?.trimStart().charAt(0);
  return start === '{' || start === '[' ? 'json' : start === '<' ? 'xml' : 'text';
}

export function draftOf(
  row: CaptureRow,
  call: SourceCall,
  facts: {
    live: LiveVerification;
    definition: ApplicationDefinition | undefined;
    conceal(text: string): string;
    bodyKept: boolean;
  },
): CallDraft {
  const { live, definition, conceal } = facts;
  const encoding = call.headers.find(isNamed('content-encoding'))?.[1];
  const body: EditableBody = facts.bodyKept ? editableBody(call.body, encoding) : { text: '' };
  const [secret] = live.secrets;
  return {
    captureId: row.id,
    dataSourceId: row.data_source_id,
    connectionId: row.connection_id,
    method: call.method,
    query: conceal(call.query),
    headers: call.headers.map(([name, value]) => {
      const shown = conceal(value);
      return { name, value: shown, concealed: shown !== value };
    }),
    ...('text' in body ? { bodyText: body.text } : { bodyFixed: body.fixed }),
    size: row.size,
    language: languageOf(row.content_type ?? undefined, 'text' in body ? body.text : undefined),
    canSign: secret !== undefined && live.schemes.some(isCheckable) && canImitate(live.schemes, secret),
    hasDeliveryId: row.delivery_id !== null && definition?.deliveryId !== undefined,
  };
}
