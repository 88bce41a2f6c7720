// What is typed about facts, answer and limits of a connection, and back. The content type is a header with a field of its own. Pure.
import type { OwnAnswer, Receiving } from '#contract';

export interface HeaderRow {
  key: number;
  name: string;
  value: string;
}

export interface ReceivingDraft {
  eventTypeAt: string;
  deliveryIdAt: string;
  hasOwnAnswer: boolean;
  status: number;
  contentType: string;
  headers: readonly HeaderRow[];
  body: string;
  /** Undefined: as usual. */
  callsPerMinute: number | undefined;
  maxMib: number | undefined;
}

const bytesOfMib = 1024 * 1024;
const isContentType = ({ name }: { name: string }) => name.trim().toLowerCase() === 'content-type';

/** The content type of an answer, where it has one. */
export const contentTypeOf = ({ headers }: OwnAnswer): string | undefined =>
  headers.find(isContentType)?.value;

export const mibOf = (bytes: number): number => Math.round((bytes / bytesOfMib) * 1000) / 1000;

export function draftOf(receiving: Receiving): ReceivingDraft {
  const { answer, callsPerMinute, maxBodyBytes, eventTypeAt = '', deliveryIdAt = '' } = receiving;
  return {
    eventTypeAt,
    deliveryIdAt,
    hasOwnAnswer: answer !== undefined,
    status: answer?.status ?? 200,
    contentType: answer ? (contentTypeOf(answer) ?? '') : 'application/json',
    headers: (answer?.headers ?? [])
      .filter((header) => !isContentType(header))
      .map((header, key) => ({ key, ...header })),
    body: answer?.body ?? '',
    callsPerMinute,
    maxMib: maxBodyBytes === undefined ? undefined : mibOf(maxBodyBytes),
  };
}

export function receivingOf(draft: ReceivingDraft): Receiving {
  const { hasOwnAnswer, status, contentType, headers, body, callsPerMinute, maxMib } = draft;
  const typed = contentType.trim();
  const [eventTypeAt, deliveryIdAt] = [draft.eventTypeAt.trim(), draft.deliveryIdAt.trim()];
  return {
    ...(eventTypeAt === '' ? {} : { eventTypeAt }),
    ...(deliveryIdAt === '' ? {} : { deliveryIdAt }),
    ...(hasOwnAnswer
      ? {
          answer: {
            status,
            headers: [
              ...headers.map(({ name, value }) => ({ name, value })),
              ...(typed === '' ? [] : [{ name: 'Content-Type', value: typed }]),
            ],
            body: hasNoBody(status) ? '' : body,
          },
        }
      : {}),
    ...(callsPerMinute === undefined ? {} : { callsPerMinute }),
    ...(maxMib === undefined ? {} : { maxBodyBytes: Math.round(maxMib * bytesOfMib) }),
  };
}

/** By HTTP; what is typed as a body is kept while another status is tried. */
export const hasNoBody = (status: number): boolean => status === 204 || status === 205;

export type Preset = 'empty' | 'text' | 'json' | 'soap';

/** The acknowledgement that senders of SOAP messages wait for; the namespace is that of Salesforce's outbound messages, the best known of them. */
const soapAcknowledgement = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
  <soapenv:Body>
    <notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">
      <Ack>true</Ack>
    </notificationsResponse>
  </soapenv:Body>
</soapenv:Envelope>`;

export const presets: Record<Preset, Pick<ReceivingDraft, 'status' | 'contentType' | 'body'>> = {
  empty: { status: 204, contentType: '', body: '' },
  text: { status: 200, contentType: 'text/plain', body: 'OK' },
  json: { status: 200, contentType: 'application/json', body: '{"success": true}' },
  soap: { status: 200, contentType: 'text/xml; charset=utf-8', body: soapAcknowledgement },
};
