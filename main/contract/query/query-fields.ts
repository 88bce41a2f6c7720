// The words of the query language for captures, described once: the parser reads by it, the screen completes and explains by it,
// and the documentation lists it. Pure.
import { bodyFormat, captureOrigin, outcome } from '../models/capture.ts';

export type QueryFieldKind = 'choice' | 'text' | 'amount' | 'time' | 'header';

export interface QueryField {
  name: string;
  kind: QueryFieldKind;
  /** What it looks at, in a few words. */
  about: string;
  example: string;
  /** Everything that may stand behind the colon, or the usual things where `isOpen`. */
  values?: readonly string[];
  isOpen?: boolean;
  /** Unit of an amount. */
  unit?: 'bytes' | 'milliseconds' | 'count';
}

export const verdicts = ['valid', 'invalid', 'missing', 'unchecked'] as const;
export const captureStates = ['pinned', 'noted', 'tagged', 'waiting', 'indexed', 'attention'] as const;
export type CaptureState = (typeof captureStates)[number];

export const queryFields = [
  {
    name: 'source',
    kind: 'choice',
    about: 'Name, id or application of the data source',
    example: 'source:mailchimp',
    isOpen: true,
  },
  {
    name: 'status',
    kind: 'choice',
    about: 'What became of the call, or the status that was answered',
    example: 'status:rejected',
    values: [...outcome.options, '2xx', '4xx', '5xx'],
    isOpen: true,
  },
  {
    name: 'event',
    kind: 'choice',
    about: 'Event type; * stands for anything',
    example: 'event:subscribe',
    isOpen: true,
  },
  {
    name: 'method',
    kind: 'choice',
    about: 'Method of the request',
    example: 'method:post',
    values: ['POST', 'GET', 'HEAD', 'OPTIONS', 'MANUAL'],
    isOpen: true,
  },
  {
    name: 'format',
    kind: 'choice',
    about: 'How the body was read',
    example: 'format:xml',
    values: bodyFormat.options,
  },
  { name: 'type', kind: 'text', about: 'A part of the content type', example: 'type:json' },
  {
    name: 'path',
    kind: 'text',
    about: 'A part of the path or the query of the request',
    example: 'path:page=2',
  },
  { name: 'size', kind: 'amount', about: 'Bytes of the body', example: 'size:>100kb', unit: 'bytes' },
  {
    name: 'items',
    kind: 'amount',
    about: 'How many items the call made',
    example: 'items:>1',
    unit: 'count',
  },
  {
    name: 'answered',
    kind: 'amount',
    about: 'How long the answer took',
    example: 'answered:>500ms',
    unit: 'milliseconds',
  },
  {
    name: 'after',
    kind: 'time',
    about: 'Received at this time or later',
    example: 'after:2026-11-01',
    values: ['today', 'yesterday', '1h', '24h', '7d'],
    isOpen: true,
  },
  {
    name: 'before',
    kind: 'time',
    about: 'Received before this time',
    example: 'before:2026-11-02T08:00',
    values: ['today', 'yesterday', '1h', '24h', '7d'],
    isOpen: true,
  },
  { name: 'header', kind: 'header', about: 'A header, or its value', example: 'header:x-github-event=push' },
  {
    name: 'verified',
    kind: 'choice',
    about: 'The verdict on the signature',
    example: 'verified:invalid',
    values: verdicts,
  },
  {
    name: 'origin',
    kind: 'choice',
    about: 'Where it came from: call, replay, sample, simulation',
    example: 'origin:replay',
    values: captureOrigin.options,
  },
  {
    name: 'delivery',
    kind: 'choice',
    about: 'The delivery id of the sender',
    example: 'delivery:72d3162e',
    isOpen: true,
  },
  { name: 'id', kind: 'choice', about: 'The id of the call itself', example: 'id:cap_…', isOpen: true },
  { name: 'note', kind: 'text', about: 'A part of your note', example: 'note:"ask support"' },
  { name: 'tag', kind: 'choice', about: 'A tag of yours', example: 'tag:bug', isOpen: true },
  {
    name: 'is',
    kind: 'choice',
    about: 'Pinned, noted, tagged, waiting, indexed, attention',
    example: 'is:pinned',
    values: captureStates,
  },
  {
    name: 'contains',
    kind: 'text',
    about: 'Any part of a body or a header, also inside of words; looks through the calls one by one',
    example: 'contains:b64==',
  },
] as const satisfies readonly QueryField[];

export type QueryFieldName = (typeof queryFields)[number]['name'];

export function queryField(name: string): QueryField | undefined {
  const wanted = name.toLowerCase();
  return queryFields.find((field) => field.name === wanted);
}

/** What needs no field: shown in the help beside the fields. */
export const queryForms = [
  { example: 'ada', about: 'Calls in which a word begins with this' },
  { example: '"exactly these words"', about: 'Words in this order' },
  { example: '-test', about: 'Without it; goes in front of everything' },
  {
    example: '$.data.email=ada@example.com',
    about: 'A value at a path; also != > >= < <= and ~ for a part of it',
  },
  { example: '$.data.email', about: 'Calls that have something at this path' },
  { example: 'status:rejected,duplicate', about: 'One of several' },
] as const;
